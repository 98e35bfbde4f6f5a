import { contractOf, UNASKED } from '../contract-of.js'

const payload = (tool_name: string, tool_input: unknown) => ({
  session_id: '0193',
  turn_id: '0194',
  cwd: '/srv/app',
  hook_event_name: 'PreToolUse',
  model: 'm',
  permission_mode: 'default',
  tool_name,
  tool_input,
  tool_use_id: 'call_7',
})

const patch = [
  '*** Begin Patch',
  '*** Add File: docs/new.md',
  '+# New',
  '+*** Delete File: not a header',
  '*** Update File: src/old.ts',
  '*** Move to: src/moved.ts',
  '@@',
  '-a',
  '+b',
  '  *** Delete File: gone.txt  ',
  '*** End Patch',
].join('\n')
const files = [
  ['file.write', { file_path: '/srv/app/docs/new.md', content: '# New\n*** Delete File: not a header\n' }],
  ['file.edit', { file_path: '/srv/app/src/old.ts' }],
  ['file.move', { file_path: '/srv/app/src/old.ts', dest_path: '/srv/app/src/moved.ts' }],
  ['file.delete', { file_path: '/srv/app/gone.txt' }],
] as const

contractOf({
  platform: 'codex',
  payload,
  calls: [
    ['Bash', { command: 'echo hi' }, 'bash.execute', { command: 'echo hi' }],
    ['view_image', { path: 'a.png' }, 'file.read', { file_path: '/srv/app/a.png' }],
    ['spawn_agent', { message: 'look' }, 'agent.spawn', { prompt: 'look' }],
    ['multi_agent_v1spawn_agent', { message: 'look' }, 'agent.spawn', { prompt: 'look' }],
    ['send_input', { id: 'a', message: 'go on' }, 'agent.message', { id: 'a', text: 'go on' }],
    ['update_plan', { plan: [] }, 'plan.update', { plan: [] }],
    ['mcp__db__query', { sql: 'x' }, 'mcp.db.query', { sql: 'x', server: 'db', tool: 'query', arguments: { sql: 'x' } }],
    ['read_mcp_resource', { server: 'db', uri: 'x://y' }, 'mcp.db.resources/read', { server: 'db', uri: 'x://y' }],
    [
      'apply_patch',
      { command: '*** Begin Patch\r\n*** Delete File: a b.txt\r\n*** End Patch\r\n' },
      'file.delete',
      { file_path: '/srv/app/a b.txt' },
    ],
  ],
  batches: [
    ['apply_patch', { command: patch }, files],
    ['apply_patch', { input: patch }, files],
    ['apply_patch', patch, files],
  ],
  malformed: [
    ['apply_patch', { command: 'no patch' }],
    ['apply_patch', { command: '*** Begin Patch\n*** End Patch' }],
    ['apply_patch', { command: '*** Begin Patch\n*** Rename File: a\n*** End Patch' }],
    ['apply_patch', { command: '*** Begin Patch\n*** Delete File:\n*** End Patch' }],
    ['apply_patch', { command: '*** Begin Patch\n*** Move to: b\n*** End Patch' }],
    ['apply_patch', { command: patch, input: '*** Begin Patch\n*** Add File: x\n*** End Patch' }],
    ['Bash', {}],
    ['Bash', { command: 1 }],
    ['read_mcp_resource', { uri: 'x' }],
  ],
  effects: [
    [
      'Bash',
      { command: `cd lib && apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: x.txt\n+hi\n*** End Patch\nEOF` },
      [['file.write', { file_path: '/srv/app/lib/x.txt', content: 'hi\n' }]],
    ],
    [
      'Bash',
      { command: 'apply_patch <<EOF\n*** Begin Patch\n*** Delete File: $HOME/x\n*** End Patch\nEOF' },
      [['file.delete', { file_path: '⟨any⟩' }]],
    ],
    [
      'Bash',
      {
        command:
          "apply_patch <<'A'\n*** Begin Patch\n*** Delete File: a\n*** End Patch\nA\napply_patch <<'B'\n*** Begin Patch\n*** Delete File: b\n*** End Patch\nB",
      },
      [
        ['file.delete', { file_path: '/srv/app/a' }],
        ['file.delete', { file_path: '/srv/app/b' }],
      ],
    ],
    ['Bash', { command: 'apply_patch "$PATCH"' }, [['file.write', { file_path: '⟨any⟩', rooted: false }]]],
  ],
  notCalls: [
    ['a result', { ...payload('Bash', { command: 'ls' }), hook_event_name: 'PostToolUse', tool_response: 'x' }],
    ['a question for permission', { ...payload('Bash', { command: 'ls' }), hook_event_name: 'PermissionRequest' }],
    ['Cursor', { hook_event_name: 'beforeShellExecution', cursor_version: '3', command: 'ls' }],
  ],
  context: [
    { ...payload('Bash', { command: 'ls' }), agent_id: 'sub', agent_type: 'default' },
    {
      agent: 'codex',
      session_id: '0193',
      cwd: '/srv/app',
      project_root: '/srv/app',
      permission_mode: 'default',
      tool_use_id: 'call_7',
      agent_id: 'sub',
      agent_type: 'default',
    },
  ],
  notAsked: [payload('Bash', { command: 'ls' })],
  replies: {
    allow: { stdout: '', stderr: '', exit: 0 },
    deny: { stdout: '', stderr: '[agsec] no.\n', exit: 2 },
    review: { stdout: '', stderr: `${UNASKED}\n`, exit: 2 },
    failure: { stdout: '', stderr: '[agsec] blocked: why\n', exit: 2 },
  },
})
