/** A tool call that does no harm, whatever is decided, as each platform would tell its hook of it. */
import type { PlatformName } from '../../runtime/agents/contract.js'

type Call = { readonly [key: string]: unknown }

/** The common form of those that took after Claude Code. */
function like(tool: string, input: Call, more: Call = {}): Call {
  return { session_id: 'agsec', cwd: '/', hook_event_name: 'PreToolUse', tool_name: tool, tool_input: input, tool_use_id: 'agsec', ...more }
}

const PATH = { file_path: '/' }

const CANARIES: Readonly<Record<PlatformName, Call>> = {
  'claude-code': like('Read', PATH),
  codex: like('Bash', { command: 'true' }, { turn_id: 'agsec', model: 'none' }),
  'copilot-cli': { sessionId: 'agsec', timestamp: 0, cwd: '/', toolName: 'view', toolArgs: { path: '/' } },
  'copilot-vscode': like('read_file', { filePath: '/', startLine: 1, endLine: 1 }, { timestamp: '2026-01-01T00:00:00.000Z' }),
  cursor: {
    conversation_id: 'agsec',
    generation_id: 'agsec',
    cursor_version: '0',
    workspace_roots: ['/'],
    hook_event_name: 'beforeReadFile',
    ...PATH,
    content: '',
    attachments: [],
  },
  windsurf: { agent_action_name: 'pre_read_code', trajectory_id: 'agsec', execution_id: 'agsec', tool_info: PATH },
  cline: {
    taskId: 'agsec',
    workspaceRoots: ['/'],
    hookName: 'tool_call',
    tool_call: { id: 'agsec', name: 'read_files', input: { files: [{ path: '/' }] } },
  },
  'gemini-cli': like('read_file', PATH, { hook_event_name: 'BeforeTool' }),
  'qwen-code': like('read_file', PATH, { tool_call_id: 'agsec' }),
  opencode: { tool: 'read', sessionID: 'agsec', callID: 'agsec', args: { filePath: '/' }, directory: '/', servers: [] },
  crush: { event: 'PreToolUse', session_id: 'agsec', cwd: '/', tool_name: 'view', tool_input: PATH },
  goose: {
    event: 'PreToolUse',
    session_id: 'agsec',
    tool_call_id: 'agsec',
    tool_name: 'developer__shell',
    tool_input: { command: 'true' },
    working_dir: '/',
  },
  droid: like('Read', PATH, { permission_mode: 'off' }),
  kiro: { hook_event_name: 'preToolUse', cwd: '/', session_id: 'agsec', tool_name: 'execute_bash', tool_input: { command: 'true' } },
  antigravity: {
    toolCall: { name: 'list_dir', args: { DirectoryPath: '/' } },
    stepIdx: 0,
    conversationId: 'agsec',
    workspacePaths: ['/'],
  },
  amp: { tool: 'Read', toolUseID: 'agsec', input: { path: '/' }, thread: { id: 'agsec' }, directory: '/' },
}

/** What stands on the hook's stdin. */
export function canary(platform: PlatformName): string {
  return JSON.stringify(CANARIES[platform])
}
