import { contractOf } from '../contract-of.js'

const common = {
  conversation_id: 'c0ff',
  generation_id: 'ee00',
  session_id: 'c0ff',
  cursor_version: '4.0.1',
  workspace_roots: ['/w/app', '/w/lib'],
  transcript_path: null,
}
const event = (hook_event_name: string, more: object) => ({ ...common, hook_event_name, ...more })
const payload = (tool_name: string, tool_input: unknown) => event('preToolUse', { tool_name, tool_input, tool_use_id: 'tool_4', cwd: '' })
/** The events as tools, so that one table has them all. */
const events = (name: string, input: unknown) =>
  name.startsWith('before') || name === 'subagentStart' ? event(name, { ...(input as object) }) : payload(name, input)
const said = (permission: string, message: string) => JSON.stringify({ permission, user_message: message, agent_message: message })
const issue = { title: 't' }

contractOf({
  platform: 'cursor',
  payload: events,
  calls: [
    ['Shell', { command: 'make', cwd: '', timeout: 9 }, 'bash.execute', { command: 'make', timeout_ms: 9 }],
    [
      'Shell',
      { command: 'make', working_directory: 'sub' },
      'bash.execute',
      { command: 'make', working_directory: 'sub', cwd: '/w/app/sub' },
    ],
    [
      'beforeShellExecution',
      { command: 'make', cwd: '/w/app/sub', sandbox: false },
      'bash.execute',
      { command: 'make', cwd: '/w/app/sub' },
    ],
    ['beforeReadFile', { file_path: '/w/app/a', content: 'x', attachments: [] }, 'file.read', { file_path: '/w/app/a', content: 'x' }],
    ['beforeTabFileRead', { file_path: '/w/app/a', content: 'x' }, 'file.read', { file_path: '/w/app/a', content: 'x' }],
    ['Read', { file_path: 'a' }, 'file.read', { file_path: '/w/app/a' }],
    ['Write', { target_file: 'b', contents: 'x' }, 'file.write', { file_path: '/w/app/b', content: 'x' }],
    ['Read', '{"file_path":"b"}', 'file.read', { file_path: '/w/app/b' }],
    // Not an editor that is told what to do by a word.
    ['Write', { file_path: 'b', content: 'x', command: 'view' }, 'file.write', { file_path: '/w/app/b', content: 'x', command: 'view' }],
    ['Delete', { path: 'b' }, 'file.delete', { file_path: '/w/app/b' }],
    ['Grep', { pattern: 'x', file_path: 'src' }, 'file.grep', { pattern: 'x', path: '/w/app/src' }],
    ['Task', { prompt: 'p', subagent_type: 'explore' }, 'agent.spawn', { prompt: 'p', agent_type: 'explore' }],
    ['subagentStart', { task: 'p', subagent_type: 'explore' }, 'agent.spawn', { prompt: 'p', agent_type: 'explore' }],
    ['MCP:create', issue, 'mcp.*.create', { ...issue, tool: 'create', arguments: issue }],
    [
      'beforeMCPExecution',
      { tool_name: 'create', tool_input: '{"title":"t"}', command: 'npx x' },
      'mcp.*.create',
      { ...issue, tool: 'create', arguments: issue, server_command: 'npx x' },
    ],
    [
      'beforeMCPExecution',
      { tool_name: 'create', tool_input: '{"title":"t"}', url: 'https://m.test/sse' },
      'mcp.*.create',
      { ...issue, tool: 'create', arguments: issue, server_url: 'https://m.test/sse' },
    ],
  ],
  batches: [
    [
      'beforeReadFile',
      { file_path: '/w/app/a', content: 'x', attachments: [{ type: 'file', file_path: '/w/.env' }] },
      [
        ['file.read', { file_path: '/w/app/a', content: 'x' }],
        ['file.read', { file_path: '/w/.env', type: 'file' }],
      ],
    ],
  ],
  malformed: [
    ['Shell', { cwd: '/' }],
    ['beforeShellExecution', { cwd: '/' }],
    ['Write', { contents: 'x' }],
    ['Delete', { target: 'b' }],
  ],
  notCalls: [
    ['an edit that was made', event('afterFileEdit', { file_path: '/a', edits: [] })],
    ['a prompt', event('beforeSubmitPrompt', { prompt: 'x', attachments: [] })],
    ['an answer of a server', event('afterMCPExecution', { tool_name: 'create', tool_input: '{}', result_json: '{}' })],
    ['Codex', { hook_event_name: 'PreToolUse', turn_id: 't', tool_name: 'Bash', tool_input: { command: 'ls' } }],
  ],
  context: [
    payload('Read', { file_path: 'a' }),
    { agent: 'cursor', session_id: 'c0ff', cwd: '/w/app', project_root: '/w/app', tool_use_id: 'tool_4' },
  ],
  asked: event('beforeShellExecution', { command: 'ls', cwd: '/w/app' }),
  notAsked: [payload('Shell', { command: 'ls' }), event('subagentStart', { task: 'p' }), event('beforeReadFile', { file_path: '/a' })],
  replies: {
    allow: { stdout: '{"permission":"allow"}', stderr: '', exit: 0 },
    deny: { stdout: said('deny', '[agsec] no.'), stderr: '', exit: 0 },
    review: { stdout: said('ask', '[agsec] no.'), stderr: '', exit: 0 },
    failure: { stdout: said('deny', '[agsec] blocked: why'), stderr: '', exit: 0 },
  },
})
