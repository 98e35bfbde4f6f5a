import { contractOf } from '../contract-of.js'

const payload = (tool_name: string, tool_input: unknown) => ({
  session_id: 'd1ce',
  cwd: '/w/app',
  hook_event_name: 'PreToolUse',
  timestamp: '2026-05-06T07:08:09.000Z',
  permission_mode: 'default',
  prompt_id: 'd1ce########0',
  tool_name,
  tool_input,
  tool_use_id: 'toolu_6',
  tool_call_id: 'call_6',
})
const said = (permissionDecision: string, permissionDecisionReason: string) =>
  JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason } })

contractOf({
  platform: 'qwen-code',
  payload,
  calls: [
    [
      'run_shell_command',
      { command: 'make', is_background: false, directory: '/w' },
      'bash.execute',
      { command: 'make', background: false, directory: '/w', cwd: '/w' },
    ],
    ['read_file', { file_path: 'a' }, 'file.read', { file_path: '/w/app/a' }],
    ['write_file', { file_path: 'a', content: 'x' }, 'file.write', { file_path: '/w/app/a', content: 'x' }],
    [
      'edit',
      { file_path: 'a', old_string: 'x', new_string: 'y' },
      'file.edit',
      { file_path: '/w/app/a', old_string: 'x', new_string: 'y' },
    ],
    ['glob', { pattern: '*.ts' }, 'file.glob', { pattern: '*.ts' }],
    ['grep_search', { pattern: 'x', path: 'src' }, 'file.grep', { pattern: 'x', path: '/w/app/src' }],
    ['list_directory', { path: 'src' }, 'file.list', { path: '/w/app/src' }],
    ['web_fetch', { url: 'https://a.test', prompt: 'p' }, 'web.fetch', { url: 'https://a.test', prompt: 'p' }],
    ['web_search', { query: 'q' }, 'web.search', { query: 'q' }],
    ['agent', { subagent_type: 'g', prompt: 'p' }, 'agent.spawn', { agent_type: 'g', prompt: 'p' }],
    ['save_memory', { fact: 'f', file_path: '/elsewhere' }, 'file.write', { file_path: '/home/u/.qwen/QWEN.md', content: 'f' }],
    ['todo_write', { todos: [] }, 'plan.update', { todos: [] }],
    ['skill', { skill: 's' }, 'skill.invoke', { skill: 's' }],
    ['mcp__calc__add', { a: 4 }, 'mcp.calc.add', { a: 4, server: 'calc', tool: 'add', arguments: { a: 4 } }],
  ],
  malformed: [
    ['web_fetch', { prompt: 'https://a.test' }],
    ['read_file', { file_path: '' + 1, path: '2' }],
  ],
  notCalls: [['a result', { ...payload('edit', { file_path: 'a' }), hook_event_name: 'PostToolUse', tool_response: {} }]],
  context: [
    { ...payload('edit', { file_path: 'a' }), agent_id: 'sub' },
    {
      agent: 'qwen-code',
      session_id: 'd1ce',
      cwd: '/w/app',
      project_root: '/w/app',
      permission_mode: 'default',
      tool_use_id: 'toolu_6',
      agent_id: 'sub',
    },
  ],
  asked: payload('edit', { file_path: 'a' }),
  replies: {
    allow: { stdout: '', stderr: '', exit: 0 },
    deny: { stdout: said('deny', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: said('ask', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 0 },
    failure: { stdout: said('deny', '[agsec] blocked: why'), stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
