import { contractOf, UNASKED } from '../contract-of.js'

const payload = (tool_name: string, tool_input: unknown) => ({
  hook_event_name: 'preToolUse',
  cwd: '/w/app',
  session_id: 'k1r0',
  tool_name,
  tool_input,
})

contractOf({
  platform: 'kiro',
  payload,
  calls: [
    ['execute_bash', { command: 'make' }, 'bash.execute', { command: 'make' }],
    ['fs_read', { operations: [{ mode: 'Line', path: 'a' }] }, 'file.read', { file_path: '/w/app/a', mode: 'Line' }],
    ['fs_write', { command: 'create', path: 'a', file_text: 'x' }, 'file.write', { file_path: '/w/app/a', content: 'x' }],
    ['fs_write', { command: 'str_replace', path: 'a', old_str: 'x' }, 'file.edit', { file_path: '/w/app/a', old_string: 'x' }],
    ['fs_write', { command: 'append', path: 'a', new_str: 'x' }, 'file.edit', { file_path: '/w/app/a', new_string: 'x' }],
    ['use_aws', { service_name: 's3' }, 'tool.other', { tool: 'use_aws', arguments: { service_name: 's3' } }],
    ['@calc/add', { a: 4 }, 'mcp.calc.add', { a: 4, server: 'calc', tool: 'add', arguments: { a: 4 } }],
    ['@acme/calc/add', { a: 4 }, 'mcp.*.acme/calc/add', { a: 4, tool: 'acme/calc/add', arguments: { a: 4 } }],
  ],
  batches: [
    [
      'fs_read',
      {
        operations: [
          { mode: 'Line', path: 'a' },
          { mode: 'Image', image_paths: ['b.png'] },
        ],
      },
      [
        ['file.read', { file_path: '/w/app/a', mode: 'Line' }],
        ['file.read', { file_path: '/w/app/b.png' }],
      ],
    ],
  ],
  malformed: [
    ['fs_read', { operations: [{ mode: 'Line' }] }],
    ['fs_write', { command: 'create', path: 'a' }],
    ['@calc', {}],
  ],
  notCalls: [['a result', { ...payload('execute_bash', { command: 'ls' }), hook_event_name: 'postToolUse', tool_response: {} }]],
  context: [payload('execute_bash', { command: 'ls' }), { agent: 'kiro', session_id: 'k1r0', cwd: '/w/app', project_root: '/w/app' }],
  notAsked: [payload('execute_bash', { command: 'ls' })],
  replies: {
    allow: { stdout: '', stderr: '', exit: 0 },
    deny: { stdout: '', stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: '', stderr: `${UNASKED}\n`, exit: 2 },
    failure: { stdout: '', stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
