import { contractOf, UNASKED } from '../contract-of.js'

const payload = (tool_name: string, tool_input: unknown) => ({
  event: 'PreToolUse',
  session_id: '20260506_1',
  matcher_context: tool_name,
  tool_call_id: 'call_2',
  tool_name,
  tool_input,
  working_dir: '/w/app',
})
const said = (reason: string) => JSON.stringify({ decision: 'block', reason })
const EDITOR = 'developer__text_editor'

contractOf({
  platform: 'goose',
  payload,
  calls: [
    ['developer__shell', { command: 'make' }, 'bash.execute', { command: 'make' }],
    [EDITOR, { command: 'view', path: 'a' }, 'file.read', { file_path: '/w/app/a' }],
    [EDITOR, { command: 'write', path: 'a', file_text: 'x' }, 'file.write', { file_path: '/w/app/a', content: 'x' }],
    [EDITOR, { command: 'str_replace', path: 'a', old_str: 'x' }, 'file.edit', { file_path: '/w/app/a', old_string: 'x' }],
    [EDITOR, { command: 'insert', path: 'a', new_str: 'x' }, 'file.edit', { file_path: '/w/app/a', new_string: 'x' }],
    [EDITOR, { command: 'undo_edit', path: 'a' }, 'file.edit', { file_path: '/w/app/a' }],
    ['calc__add', { a: 4 }, 'mcp.calc.add', { a: 4, server: 'calc', tool: 'add', arguments: { a: 4 } }],
    ['developer__screen_capture', {}, 'mcp.developer.screen_capture', { server: 'developer', tool: 'screen_capture', arguments: {} }],
  ],
  malformed: [
    [EDITOR, { command: 'rename', path: 'a' }],
    [EDITOR, { command: 'write', path: 'a' }],
    ['developer__shell', { cmds: 'ls' }],
  ],
  notCalls: [['a result', { ...payload('developer__shell', { command: 'ls' }), event: 'PreToolUseResult' }]],
  context: [
    payload('developer__shell', { command: 'ls' }),
    { agent: 'goose', session_id: '20260506_1', cwd: '/w/app', project_root: '/w/app', tool_use_id: 'call_2' },
  ],
  notAsked: [payload('developer__shell', { command: 'ls' })],
  replies: {
    allow: { stdout: '{"decision":"allow"}', stderr: '', exit: 0 },
    deny: { stdout: said('[agsec] no.'), stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: said(UNASKED), stderr: `${UNASKED}\n`, exit: 2 },
    failure: { stdout: said('[agsec] blocked: why'), stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
