import { contractOf } from '../contract-of.js'

const payload = (tool_name: string, tool_input: unknown) => ({
  timestamp: '2026-05-06T07:08:09.000Z',
  hook_event_name: 'PreToolUse',
  session_id: 'beef',
  cwd: '/w/app',
  tool_name,
  tool_input,
  tool_use_id: 'call_q__vscode-3',
})
const said = (permissionDecision: string, permissionDecisionReason: string) =>
  JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason } })

contractOf({
  platform: 'copilot-vscode',
  payload,
  calls: [
    ['run_in_terminal', { command: 'make', explanation: 'e' }, 'bash.execute', { command: 'make', description: 'e' }],
    ['read_file', { filePath: '/w/app/a', startLine: 2, endLine: 9 }, 'file.read', { file_path: '/w/app/a', offset: 2, limit: 9 }],
    ['read_file', { file_path: 'a' }, 'file.read', { file_path: '/w/app/a' }],
    ['read_file', { path: 'a', filePath: 'a' }, 'file.read', { file_path: '/w/app/a' }],
    ['list_dir', { path: '/w' }, 'file.list', { path: '/w' }],
    ['create_file', { filePath: 'b', content: 'x' }, 'file.write', { file_path: '/w/app/b', content: 'x' }],
    [
      'replace_string_in_file',
      { filePath: 'b', oldString: 'x', newString: 'y' },
      'file.edit',
      { file_path: '/w/app/b', old_string: 'x', new_string: 'y' },
    ],
    ['editFiles', { files: ['b'] }, 'file.edit', { file_path: '/w/app/b' }],
    ['apply_patch', { input: '*** Begin Patch\n*** Delete File: /w/x\n*** End Patch' }, 'file.delete', { file_path: '/w/x' }],
    ['fetch_webpage', { urls: ['https://a.test'], query: 'q' }, 'web.fetch', { url: 'https://a.test' }],
    ['runSubagent', { agentName: 'Explore', prompt: 'p' }, 'agent.spawn', { agent_type: 'Explore', prompt: 'p' }],
    ['send_to_terminal', { id: '1', text: 'y' }, 'bash.input', { id: '1', text: 'y' }],
    ['mcp_calc_add', { a: 4 }, 'mcp.calc.add', { server: 'calc', tool: 'add', arguments: { a: 4 }, a: 4 }],
  ],
  batches: [
    [
      'multi_replace_string_in_file',
      {
        explanation: 'e',
        replacements: [
          { filePath: 'a', oldString: '1' },
          { filePath: '/w/b', newString: '2' },
        ],
      },
      [
        ['file.edit', { file_path: '/w/app/a', old_string: '1' }],
        ['file.edit', { file_path: '/w/b', new_string: '2' }],
      ],
    ],
    [
      'fetch_webpage',
      { urls: ['https://a.test', 'https://b.test'] },
      [
        ['web.fetch', { url: 'https://a.test' }],
        ['web.fetch', { url: 'https://b.test' }],
      ],
    ],
  ],
  malformed: [
    ['run_in_terminal', { cmdline: 'make' }],
    ['read_file', { filePath: 'a', path: 'b' }],
    ['editFiles', { files: [] }],
    ['fetch_webpage', { urls: [1] }],
    ['multi_replace_string_in_file', { replacements: [{ oldString: '1' }] }],
  ],
  notCalls: [['a result', { ...payload('read_file', { filePath: 'a' }), hook_event_name: 'PostToolUse', tool_response: 'x' }]],
  context: [
    payload('read_file', { filePath: 'a' }),
    { agent: 'copilot-vscode', session_id: 'beef', cwd: '/w/app', project_root: '/w/app', tool_use_id: 'call_q__vscode-3' },
  ],
  asked: payload('read_file', { filePath: 'a' }),
  replies: {
    allow: { stdout: '{"continue":true}', stderr: '', exit: 0 },
    deny: { stdout: said('deny', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: said('ask', '[agsec] no.'), stderr: '[agsec] no.\n', exit: 0 },
    failure: { stdout: said('deny', '[agsec] blocked: why'), stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
