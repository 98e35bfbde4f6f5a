/** A call that agsec denies on every platform and in every mode: a shell command that would remove a file of agsec's own. */
import type { PlatformName } from '../../runtime/agents/contract.js'

type Call = { readonly [key: string]: unknown }

const SESSION = 'agsec-doctor'

function like(tool: string, input: Call, more: Call = {}): Call {
  return { session_id: SESSION, cwd: '/', hook_event_name: 'PreToolUse', tool_name: tool, tool_input: input, tool_use_id: SESSION, ...more }
}

type CallOf = (command: string) => Call

const CALLS: Readonly<Record<PlatformName, CallOf>> = {
  'claude-code': command => like('Bash', { command }),
  codex: command => like('Bash', { command }, { turn_id: SESSION, model: 'none' }),
  'copilot-cli': command => ({ sessionId: SESSION, timestamp: 0, cwd: '/', toolName: 'bash', toolArgs: { command } }),
  'copilot-vscode': command => like('run_in_terminal', { command }, { timestamp: '2026-01-01T00:00:00.000Z' }),
  cursor: command => ({
    conversation_id: SESSION,
    generation_id: SESSION,
    cursor_version: '0',
    workspace_roots: ['/'],
    hook_event_name: 'beforeShellExecution',
    command,
    cwd: '/',
  }),
  windsurf: command => ({
    agent_action_name: 'pre_run_command',
    trajectory_id: SESSION,
    execution_id: SESSION,
    tool_info: { command_line: command, cwd: '/' },
  }),
  cline: command => ({
    taskId: SESSION,
    workspaceRoots: ['/'],
    hookName: 'tool_call',
    tool_call: { id: SESSION, name: 'run_commands', input: { commands: [command] } },
  }),
  'gemini-cli': command => like('run_shell_command', { command }, { hook_event_name: 'BeforeTool' }),
  'qwen-code': command => like('run_shell_command', { command }, { tool_call_id: SESSION }),
  opencode: command => ({ tool: 'bash', sessionID: SESSION, callID: SESSION, args: { command }, directory: '/', servers: [] }),
  crush: command => ({ event: 'PreToolUse', session_id: SESSION, cwd: '/', tool_name: 'bash', tool_input: { command } }),
  goose: command => ({
    event: 'PreToolUse',
    session_id: SESSION,
    tool_call_id: SESSION,
    tool_name: 'developer__shell',
    tool_input: { command },
    working_dir: '/',
  }),
  droid: command => like('Execute', { command }, { permission_mode: 'off' }),
  kiro: command => ({ hook_event_name: 'preToolUse', cwd: '/', session_id: SESSION, tool_name: 'execute_bash', tool_input: { command } }),
  antigravity: command => ({
    toolCall: { name: 'run_command', args: { CommandLine: command, Cwd: '/' } },
    stepIdx: 0,
    conversationId: SESSION,
    workspacePaths: ['/'],
  }),
  amp: command => ({ tool: 'Bash', toolUseID: SESSION, input: { cmd: command }, thread: { id: SESSION }, directory: '/' }),
}

/** What the platform would write to the hook. @param file that the command would remove, absolute */
export function forbiddenCall(platform: PlatformName, file: string): string {
  return JSON.stringify(CALLS[platform](`rm ${file}`))
}
