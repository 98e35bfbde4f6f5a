/**
 * The agent of VS Code (GitHub Copilot Chat), event `PreToolUse`. Preview.
 *
 *   stdin    { timestamp, hook_event_name: "PreToolUse", session_id, cwd, tool_name, tool_input, tool_use_id }; every hook gets every tool
 *   allow    {"continue":true}
 *   deny     Claude's JSON on stdout, the reason on stderr, exit status 2
 *   review   the same with "ask" and exit status 0
 *   failure  the call runs; the installed command blocks instead
 *
 * Source: code.visualstudio.com/docs/copilot (hooks) and published captures. Not run: the arguments of several tools are not documented, and
 * one that is not found makes the call `tool.other`.
 */
import type { Adapter } from './contract.js'
import { platform } from './platform.js'
import { nestedJson } from './replies.js'

export function copilotVscode(): Adapter {
  return platform({
    name: 'copilot-vscode',
    events: 'PreToolUse',
    tools:
      'bash.execute run_in_terminal|bash.input send_to_terminal|tool.discover get_terminal_output get_errors list_code_usages get_changed_files|' +
      'file.read read_file|file.list list_dir|file.write create_file|file.edit* replace_string_in_file multi_replace_string_in_file editFiles|' +
      '@patch apply_patch|notebook.edit edit_notebook_file|file.glob file_search|file.grep grep_search semantic_search|web.fetch* fetch_webpage|' +
      'agent.spawn runSubagent|plan.update manage_todo_list',
    mcp: ['mcp_', '_'],
    asks: () => true,
    reply: (decision, message, notice) =>
      decision === 'allow'
        ? {
            ...nestedJson(decision, message),
            stdout: JSON.stringify({ continue: true, ...(notice === undefined ? {} : { systemMessage: notice }) }),
          }
        : nestedJson(decision, message, notice),
    exits: { allow: 0, ask: 0, deny: 2 },
    repeats: true,
  })
}
