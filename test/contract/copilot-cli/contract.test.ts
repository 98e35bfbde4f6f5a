import { contractOf } from '../contract-of.js'

const payload = (toolName: string, toolArgs: unknown) => ({
  sessionId: 'f00d',
  timestamp: 1_800_000_000_000,
  cwd: '/w/app',
  toolName,
  toolArgs,
})
const pascal = (tool_name: string, tool_input: unknown) => ({
  hook_event_name: 'PreToolUse',
  session_id: 'f00d',
  timestamp: '2026-05-06T07:08:09.000Z',
  cwd: '/w/app',
  tool_name,
  tool_input,
})
const said = (permissionDecision: string, permissionDecisionReason: string) =>
  JSON.stringify({
    hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason },
    permissionDecision,
    permissionDecisionReason,
  })
const patch = '*** Begin Patch\n*** Add File: c.txt\n+x\n*** End Patch\n'
const added = ['file.write', { file_path: '/w/app/c.txt', content: 'x\n' }] as const
const add = { server: 'calc', tool: 'add', arguments: { a: 4 }, a: 4 }

contractOf({
  platform: 'copilot-cli',
  payload,
  calls: [
    ['bash', { command: 'make', description: 'd', mode: 'sync' }, 'bash.execute', { command: 'make', description: 'd', mode: 'sync' }],
    ['bash', '{"command":"make"}', 'bash.execute', { command: 'make' }],
    ['powershell', { command: 'dir' }, 'powershell.execute', { command: 'dir' }],
    ['write_bash', { shellId: '3', input: 'y{enter}' }, 'bash.input', { session_id: '3', text: 'y{enter}' }],
    ['stop_bash', { sessionId: '3' }, 'process.kill', { sessionId: '3' }],
    ['read_bash', { sessionId: '3' }, 'tool.discover', { sessionId: '3' }],
    ['view', { path: 'a.ts', view_range: [1, 2] }, 'file.read', { file_path: '/w/app/a.ts', view_range: [1, 2] }],
    ['create', { path: 'b.ts', file_text: 'x' }, 'file.write', { file_path: '/w/app/b.ts', content: 'x' }],
    ['edit', { path: 'b.ts', old_str: 'x', new_str: 'y' }, 'file.edit', { file_path: '/w/app/b.ts', old_string: 'x', new_string: 'y' }],
    ['apply_patch', { patch }, ...added],
    ['apply_patch', { input: patch }, ...added],
    ['apply_patch', patch, ...added],
    ['grep', { pattern: 'x', path: 'src' }, 'file.grep', { pattern: 'x', path: '/w/app/src' }],
    ['glob', { pattern: '**/*.ts' }, 'file.glob', { pattern: '**/*.ts' }],
    ['web_fetch', { url: 'https://a.test' }, 'web.fetch', { url: 'https://a.test' }],
    ['web_search', { query: 'q' }, 'web.search', { query: 'q' }],
    ['task', { agent_type: 'explore', prompt: 'p' }, 'agent.spawn', { agent_type: 'explore', prompt: 'p' }],
    ['report_intent', { intent: 'i' }, 'plan.update', { intent: 'i' }],
    ['sql', { query: 'select 2' }, 'tool.other', { tool: 'sql', arguments: { query: 'select 2' } }],
    ['calc-add', { a: 4 }, 'mcp.calc.add', add],
    ['my-calc-add', { a: 4 }, 'mcp.*.my-calc-add', { tool: 'my-calc-add', arguments: { a: 4 }, a: 4 }],
  ],
  malformed: [
    ['bash', 'make'],
    ['view', {}],
    ['create', { path: '/a' }],
    ['edit', { path: '/a', file_path: '/b' }],
    ['edit', { patch: 'none' }],
    // Either could be what is edited.
    ['edit', { path: '/w/.env', old_str: 'x', new_str: 'y', patch }],
  ],
  effects: [
    [
      'my-calc-add',
      { a: 4 },
      [
        ['mcp.my.calc-add', { a: 4, server: 'my', tool: 'calc-add', arguments: { a: 4 } }],
        ['mcp.my-calc.add', { a: 4, server: 'my-calc', tool: 'add', arguments: { a: 4 } }],
      ],
    ],
  ],
  notCalls: [
    ['a result', { ...payload('bash', { command: 'ls' }), toolResult: { resultType: 'success' } }],
    ['a result in the other dialect', { ...pascal('Bash', { command: 'ls' }), hook_event_name: 'PostToolUse' }],
    ['Cline', { hookName: 'tool_call', preToolUse: {}, tool_call: { name: 'run_commands', input: 'ls' } }],
  ],
  context: [
    { ...payload('bash', { command: 'ls' }), agentId: 'a7', agentType: 'explore', parentAgentId: 'a6' },
    {
      agent: 'copilot-cli',
      session_id: 'f00d',
      cwd: '/w/app',
      project_root: '/w/app',
      agent_id: 'a7',
      agent_type: 'explore',
      parent_agent_id: 'a6',
    },
  ],
  asked: payload('bash', { command: 'ls' }),
  replies: {
    allow: { stdout: '', stderr: '', exit: 0 },
    deny: { stdout: said('deny', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: said('ask', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 0 },
    failure: { stdout: said('deny', '[agsec] blocked: why'), stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})

// The other dialect: Claude's names of tools, Copilot's arguments.
contractOf({
  platform: 'copilot-cli',
  payload: pascal,
  calls: [
    ['Bash', { command: 'make' }, 'bash.execute', { command: 'make' }],
    ['Read', { path: 'a.ts' }, 'file.read', { file_path: '/w/app/a.ts' }],
    ['Write', { path: 'b.ts', file_text: 'x' }, 'file.write', { file_path: '/w/app/b.ts', content: 'x' }],
    ['Edit', { path: 'b.ts', old_str: 'x', new_str: 'y' }, 'file.edit', { file_path: '/w/app/b.ts', old_string: 'x', new_string: 'y' }],
    ['Edit', { patch }, ...added],
    ['Agent', { agent_type: 'explore', prompt: 'p' }, 'agent.spawn', { agent_type: 'explore', prompt: 'p' }],
    ['calc-add', { a: 4 }, 'mcp.calc.add', add],
  ],
  malformed: [['Read', { files: ['a'] }]],
  notCalls: [['an end of the session', { hook_event_name: 'SessionEnd', session_id: 's', timestamp: 'x', cwd: '/w' }]],
  context: [pascal('Bash', { command: 'ls' }), { agent: 'copilot-cli', session_id: 'f00d', cwd: '/w/app', project_root: '/w/app' }],
  asked: pascal('Bash', { command: 'ls' }),
  replies: {
    allow: { stdout: '', stderr: '', exit: 0 },
    deny: { stdout: said('deny', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: said('ask', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 0 },
    failure: { stdout: said('deny', '[agsec] blocked: why'), stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
