import { contractOf } from '../contract-of.js'

const payload = (tool_name: string, tool_input: unknown) => ({
  session_id: 'r2d2',
  cwd: '/w/app',
  permission_mode: 'off',
  hook_event_name: 'PreToolUse',
  tool_name,
  tool_input,
})
const said = (permissionDecision: string, permissionDecisionReason: string) =>
  JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason } })

contractOf({
  platform: 'droid',
  payload,
  calls: [
    ['Execute', { command: 'make' }, 'bash.execute', { command: 'make' }],
    ['Create', { file_path: 'a', content: 'x' }, 'file.write', { file_path: '/w/app/a', content: 'x' }],
    ['Edit', { file_path: 'a', old_str: 'x', new_str: 'y' }, 'file.edit', { file_path: '/w/app/a', old_string: 'x', new_string: 'y' }],
    ['ApplyPatch', { input: '*** Begin Patch\n*** Delete File: a\n*** End Patch' }, 'file.delete', { file_path: '/w/app/a' }],
    ['Read', { file_path: 'a' }, 'file.read', { file_path: '/w/app/a' }],
    ['FetchUrl', { url: 'https://a.test' }, 'web.fetch', { url: 'https://a.test' }],
    ['WebSearch', { query: 'q' }, 'web.search', { query: 'q' }],
    ['Task', { subagent_type: 'g', prompt: 'p' }, 'agent.spawn', { agent_type: 'g', prompt: 'p' }],
    ['mcp__calc__add', { a: 4 }, 'mcp.calc.add', { a: 4, server: 'calc', tool: 'add', arguments: { a: 4 } }],
  ],
  malformed: [
    ['Execute', { cmdline: 'make' }],
    ['Create', { file_path: 'a' }],
  ],
  notCalls: [['a result', { ...payload('Execute', { command: 'ls' }), hook_event_name: 'PostToolUse' }]],
  context: [
    payload('Execute', { command: 'ls' }),
    { agent: 'droid', session_id: 'r2d2', cwd: '/w/app', project_root: '/w/app', permission_mode: 'off' },
  ],
  asked: payload('Execute', { command: 'ls' }),
  notAsked: [{ ...payload('Execute', { command: 'ls' }), permission_mode: 'auto-high' }],
  replies: {
    allow: { stdout: '', stderr: '', exit: 0 },
    deny: { stdout: said('deny', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: said('ask', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 0 },
    failure: { stdout: said('deny', '[agsec] blocked: why'), stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
