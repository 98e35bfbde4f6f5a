/** What each platform writes about a command of its shell. */
import type { PlatformName } from '../../runtime/agents/contract.js'

const claude = { session_id: 's', cwd: '/w', hook_event_name: 'PreToolUse' }

export const SHELL_INPUTS: Readonly<Record<PlatformName, (command: string) => object>> = {
  'claude-code': command => ({ ...claude, permission_mode: 'default', tool_name: 'Bash', tool_input: { command } }),
  codex: command => ({ ...claude, turn_id: 't', permission_mode: 'default', tool_name: 'Bash', tool_input: { command } }),
  'copilot-cli': command => ({ ...claude, timestamp: 'x', tool_name: 'Bash', tool_input: { command } }),
  'copilot-vscode': command => ({ ...claude, timestamp: 'x', tool_use_id: 'u', tool_name: 'run_in_terminal', tool_input: { command } }),
  cursor: command => ({ cursor_version: '4', workspace_roots: ['/w'], hook_event_name: 'beforeShellExecution', command, cwd: '/w' }),
  windsurf: command => ({ agent_action_name: 'pre_run_command', tool_info: { command_line: command } }),
  cline: command => ({
    hookName: 'tool_call',
    workspaceRoots: ['/w'],
    tool_call: { name: 'run_commands', input: command },
    preToolUse: {},
  }),
  'gemini-cli': command => ({ ...claude, hook_event_name: 'BeforeTool', tool_name: 'run_shell_command', tool_input: { command } }),
  'qwen-code': command => ({
    ...claude,
    permission_mode: 'yolo',
    tool_call_id: 'c',
    tool_name: 'run_shell_command',
    tool_input: { command },
  }),
  opencode: command => ({ tool: 'bash', sessionID: 's', callID: 'c', args: { command }, directory: '/w' }),
  crush: command => ({ event: 'PreToolUse', session_id: 's', cwd: '/w', tool_name: 'bash', tool_input: { command } }),
  goose: command => ({
    event: 'PreToolUse',
    session_id: 's',
    matcher_context: 'x',
    tool_name: 'developer__shell',
    tool_input: { command },
    working_dir: '/w',
  }),
  droid: command => ({ ...claude, permission_mode: 'off', tool_name: 'Execute', tool_input: { command } }),
  kiro: command => ({ ...claude, hook_event_name: 'preToolUse', tool_name: 'execute_bash', tool_input: { command } }),
  antigravity: command => ({ toolCall: { name: 'run_command', args: { CommandLine: command } }, stepIdx: 1, workspacePaths: ['/w'] }),
  amp: command => ({ tool: 'Bash', toolUseID: 'u', input: { cmd: command }, thread: { id: 't' } }),
}
