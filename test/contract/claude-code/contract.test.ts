import { contractOf } from '../contract-of.js'

const payload = (tool_name: string, tool_input: unknown) => ({
  session_id: '7c1f',
  cwd: '/home/u/app',
  permission_mode: 'acceptEdits',
  hook_event_name: 'PreToolUse',
  tool_name,
  tool_input,
  tool_use_id: 'toolu_9',
})
const said = (permissionDecision: string, permissionDecisionReason: string) =>
  JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason } })

contractOf({
  platform: 'claude-code',
  payload,
  calls: [
    ['Read', { file_path: 'src/../a.ts' }, 'file.read', { file_path: '/home/u/app/a.ts' }],
    ['Read', { file_path: 'file:///etc/host%73' }, 'file.read', { file_path: '/etc/hosts' }],
    ['Bash', { command: 'ls', cwd: '/elsewhere' }, 'bash.execute', { command: 'ls' }],
    ['CronCreate', { cron: '* * * * *', prompt: 'p' }, 'schedule.create', { cron: '* * * * *', prompt: 'p' }],
    ['SendMessage', { to: 'b', message: 'hi' }, 'agent.message', { to: 'b', text: 'hi' }],
    ['Skill', { skill: 'release' }, 'skill.invoke', { skill: 'release' }],
    ['KillShell', { shell_id: '1' }, 'process.kill', { shell_id: '1' }],
  ],
  batches: [
    [
      'WebFetch',
      { url: 'FILE:///etc/passwd', prompt: 'p' },
      [
        ['web.fetch', { url: 'FILE:///etc/passwd', prompt: 'p' }],
        ['file.read', { file_path: '/etc/passwd' }],
      ],
    ],
  ],
  malformed: [
    ['Write', { file_path: '/a' }],
    ['Read', { path: '/a' }],
    ['mcp__only', {}],
    ['WebFetch', { url: ['https://a'] }],
  ],
  effects: [['mcp__a__b__c', { x: 1 }, [['mcp.a__b.c', { x: 1, server: 'a__b', tool: 'c', arguments: { x: 1 } }]]]],
  notCalls: [
    ['a result', { ...payload('Bash', { command: 'ls' }), hook_event_name: 'PostToolUse', tool_response: { stdout: '' } }],
    ['a result without its event', { ...payload('Bash', { command: 'ls' }), hook_event_name: undefined, tool_response: 'x' }],
    ['a prompt', { session_id: 's', cwd: '/p', hook_event_name: 'UserPromptSubmit', prompt: 'x' }],
    ['a question for permission', { ...payload('Bash', { command: 'ls' }), hook_event_name: 'PermissionRequest' }],
    ['an event that is no text', { ...payload('Bash', { command: 'ls' }), hook_event_name: ['PreToolUse'] }],
    ['Codex', { ...payload('Bash', { command: 'ls' }), turn_id: 't' }],
    ['Windsurf', { agent_action_name: 'pre_run_command', tool_info: { command_line: 'ls' } }],
    ['Gemini CLI', { ...payload('run_shell_command', { command: 'ls' }), hook_event_name: 'BeforeTool' }],
  ],
  context: [
    { ...payload('Bash', { command: 'ls' }), agent_id: 'a1', agent_type: 'explore' },
    {
      agent: 'claude-code',
      session_id: '7c1f',
      cwd: '/home/u/app',
      project_root: '/home/u/app',
      permission_mode: 'acceptEdits',
      tool_use_id: 'toolu_9',
      agent_id: 'a1',
      agent_type: 'explore',
    },
  ],
  asked: payload('Bash', { command: 'ls' }),
  replies: {
    allow: { stdout: '', stderr: '', exit: 0 },
    deny: { stdout: said('deny', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: said('ask', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 0 },
    failure: { stdout: said('deny', '[agsec] blocked: why'), stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
