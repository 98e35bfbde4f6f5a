/**
 * Gemini CLI, event `BeforeTool`.
 *
 *   stdin    { session_id, cwd, hook_event_name: "BeforeTool", timestamp, tool_name, tool_input, mcp_context? }; paths may be relative, and the addresses of
 *            `web_fetch` stand in a text
 *   allow    {}
 *   deny     {"decision":"deny","reason":…} on stdout, the reason on stderr, exit status 2
 *   review   a deny: it can allow or deny
 *   failure  the call runs, unless the status is 2 or more and stderr says why; the installed command blocks instead
 *
 * Source: docs/hooks/reference.md, packages/core/src/hooks, and runs of 0.61.0.
 */
import type { ValueMap } from '../decide/request.js'
import { isMap, own } from '../decide/value.js'
import type { Adapter } from './contract.js'
import { named, platform, type ToolUse } from './platform.js'
import { flatJson } from './replies.js'

export function geminiCli(): Adapter {
  return platform({
    name: 'gemini-cli',
    events: 'BeforeTool',
    tools:
      'bash.execute run_shell_command|file.read read_file|@globs read_many_files|file.write write_file|file.edit replace|file.glob glob|' +
      'file.grep grep_search search_file_content|file.list list_directory|@links web_fetch|web.search google_web_search|agent.spawn invoke_agent delegate_to_agent|' +
      'file.write:~/.gemini/GEMINI.md save_memory|plan.update write_todos enter_plan_mode exit_plan_mode|skill.invoke activate_skill|user.ask ask_user|tool.discover get_internal_docs',
    mcp: ['mcp_', '_'],
    cwd: 'dir_path directory',
    use,
    reply: flatJson((decision, message) => (decision === 'allow' ? {} : { decision: 'deny', reason: message }), true),
    exits: { allow: 0, ask: 2, deny: 2 },
  })
}

/** `mcp_context` tells server and tool apart. */
function use(input: ValueMap): ToolUse | undefined {
  const call = named(input)
  const context = own(input, 'mcp_context')
  if (call === undefined || context === undefined || !isMap(context)) return call
  const [server, tool] = [own(context, 'server_name'), own(context, 'tool_name')]
  return typeof server === 'string' && typeof tool === 'string' ? { ...call, mcp: [server, tool] } : call
}
