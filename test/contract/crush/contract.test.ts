import { contractOf, UNASKED } from '../contract-of.js'

const payload = (tool_name: string, tool_input: unknown) => ({
  event: 'PreToolUse',
  session_id: '5e55',
  cwd: '/w/app',
  tool_name,
  tool_input,
})

contractOf({
  platform: 'crush',
  payload,
  calls: [
    ['bash', { command: 'make', working_dir: '/w' }, 'bash.execute', { command: 'make', working_dir: '/w', cwd: '/w' }],
    ['view', { file_path: 'a' }, 'file.read', { file_path: '/w/app/a' }],
    ['write', { file_path: 'a', content: 'x' }, 'file.write', { file_path: '/w/app/a', content: 'x' }],
    [
      'edit',
      { file_path: 'a', old_string: 'x', new_string: 'y' },
      'file.edit',
      { file_path: '/w/app/a', old_string: 'x', new_string: 'y' },
    ],
    ['multiedit', { file_path: 'a', edits: [{ old_string: 'x' }] }, 'file.edit', { file_path: '/w/app/a', edits: [{ old_string: 'x' }] }],
    ['ls', { path: 'src' }, 'file.list', { path: '/w/app/src' }],
    ['fetch', { url: 'https://a.test', format: 'text' }, 'web.fetch', { url: 'https://a.test', format: 'text' }],
    ['agent', { prompt: 'p' }, 'agent.spawn', { prompt: 'p' }],
    ['mcp_calc_add', { a: 4 }, 'mcp.calc.add', { a: 4, server: 'calc', tool: 'add', arguments: { a: 4 } }],
  ],
  batches: [
    [
      'download',
      { url: 'https://a.test/f', file_path: 'f' },
      [
        ['web.fetch', { url: 'https://a.test/f', file_path: 'f' }],
        ['file.write', { url: 'https://a.test/f', file_path: '/w/app/f', content: '' }],
      ],
    ],
  ],
  malformed: [
    ['download', { url: 'https://a.test/f' }],
    ['mcp_calc', {}],
  ],
  effects: [
    [
      'mcp_my_calc_add',
      {},
      [
        ['mcp.my.calc_add', { server: 'my', tool: 'calc_add', arguments: {} }],
        ['mcp.my_calc.add', { server: 'my_calc', tool: 'add', arguments: {} }],
      ],
    ],
  ],
  notCalls: [
    ['another event', { ...payload('bash', { command: 'ls' }), event: 'PostToolUse' }],
    ['Goose', { ...payload('bash', { command: 'ls' }), matcher_context: 'bash' }],
  ],
  context: [payload('bash', { command: 'ls' }), { agent: 'crush', session_id: '5e55', cwd: '/w/app', project_root: '/w/app' }],
  notAsked: [payload('bash', { command: 'ls' })],
  replies: {
    allow: { stdout: '', stderr: '', exit: 0 },
    deny: { stdout: '', stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: '', stderr: `${UNASKED}\n`, exit: 2 },
    failure: { stdout: '', stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
