import { contractOf, UNASKED } from '../contract-of.js'

const payload = (agent_action_name: string, tool_info: unknown) => ({
  agent_action_name,
  trajectory_id: 't-1',
  execution_id: 'e-1',
  timestamp: '2026-05-06T07:08:09.000000+00:00',
  model_name: 'm',
  tool_info,
})

contractOf({
  platform: 'windsurf',
  payload,
  unknown: 'pre_teleport',
  calls: [
    ['pre_run_command', { command_line: 'make', cwd: '/w/app' }, 'bash.execute', { command: 'make', cwd: '/w/app' }],
    ['pre_read_code', { file_path: '/w/app/a' }, 'file.read', { file_path: '/w/app/a' }],
    [
      'pre_write_code',
      { file_path: '/w/app/a', edits: [{ old_string: 'x', new_string: 'y' }] },
      'file.edit',
      { file_path: '/w/app/a', edits: [{ old_string: 'x', new_string: 'y' }] },
    ],
    [
      'pre_write_code',
      { file_path: '/w/app/b', edits: [{ old_string: '', new_string: 'y' }] },
      'file.write',
      { file_path: '/w/app/b', content: '', edits: [{ old_string: '', new_string: 'y' }] },
    ],
    [
      'pre_mcp_tool_use',
      { mcp_server_name: 'git.hub', mcp_tool_name: 'create', mcp_tool_arguments: { title: 't' } },
      'mcp.git%2ehub.create',
      { title: 't', server: 'git.hub', tool: 'create', arguments: { title: 't' } },
    ],
  ],
  malformed: [
    ['pre_run_command', { cwd: '/w' }],
    ['pre_read_code', null],
    ['pre_mcp_tool_use', { mcp_tool_name: 'create' }],
  ],
  notCalls: [
    ['a result', payload('post_run_command', { command_line: 'make' })],
    ['an answer', payload('post_cascade_response', { response: 'x' })],
    ['no event', { tool_info: { command_line: 'make' } }],
  ],
  context: [payload('pre_read_code', { file_path: '/a' }), { agent: 'windsurf', session_id: 't-1', tool_use_id: 'e-1' }],
  notAsked: [payload('pre_run_command', { command_line: 'make' })],
  replies: {
    allow: { stdout: '', stderr: '', exit: 0 },
    deny: { stdout: '', stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: '', stderr: `${UNASKED}\n`, exit: 2 },
    failure: { stdout: '', stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
