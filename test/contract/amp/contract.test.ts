import { contractOf, UNASKED } from '../contract-of.js'

const payload = (tool: string, input: unknown) => ({ tool, toolUseID: 'toolu_5', input, thread: { id: 'T-9' }, directory: '/w/app' })

contractOf({
  platform: 'amp',
  payload,
  calls: [
    ['Bash', { cmd: 'make', cwd: '/w' }, 'bash.execute', { command: 'make', cwd: '/w' }],
    ['Read', { path: 'a' }, 'file.read', { file_path: '/w/app/a' }],
    ['edit_file', { path: 'a', old_str: 'x', new_str: 'y' }, 'file.edit', { file_path: '/w/app/a', old_string: 'x', new_string: 'y' }],
    ['create_file', { path: 'a', content: 'x' }, 'file.write', { file_path: '/w/app/a', content: 'x' }],
    ['Grep', { pattern: 'x' }, 'file.grep', { pattern: 'x' }],
    ['Task', { prompt: 'p' }, 'agent.spawn', { prompt: 'p' }],
    ['read_web_page', { url: 'https://a.test' }, 'web.fetch', { url: 'https://a.test' }],
    ['mcp__calc__add', { a: 4 }, 'mcp.calc.add', { a: 4, server: 'calc', tool: 'add', arguments: { a: 4 } }],
  ],
  malformed: [
    ['Bash', { script: 'make' }],
    ['create_file', { path: 'a' }],
  ],
  notCalls: [
    ['a result', { ...payload('Bash', { cmd: 'ls' }), tool_output: 'x' }],
    ['OpenCode', { tool: 'bash', sessionID: 's', callID: 'c', args: { command: 'ls' } }],
  ],
  context: [
    payload('Read', { path: 'a' }),
    { agent: 'amp', session_id: 'T-9', cwd: '/w/app', project_root: '/w/app', tool_use_id: 'toolu_5' },
  ],
  notAsked: [payload('Bash', { cmd: 'ls' })],
  replies: {
    allow: { stdout: '', stderr: '', exit: 10 },
    deny: { stdout: '', stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: '', stderr: `${UNASKED}\n`, exit: 2 },
    failure: { stdout: '', stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
