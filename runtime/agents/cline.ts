/**
 * Cline (CLI and the extension for VS Code), hook file `PreToolUse`.
 *
 *   stdin    { hookName: "tool_call", taskId, workspaceRoots, agent_id, tool_call: { id, name, input }, preToolUse }; the extension has
 *            { hookName: "PreToolUse", preToolUse: { toolName, parameters } } alone, every parameter as text. Arguments come in any loose form, and run
 *   allow    {"cancel":false}
 *   deny     {"cancel":true,"errorMessage":…}, which ends the task: there is no other way. Nothing else on stdout; the exit status counts for nothing
 *   review   a deny: nothing can ask
 *   failure  the call runs; the installed command prints the reply to a failure instead
 *
 * Source: sdk/packages/core/src/hooks, apps/vscode/proto/cline/hooks.proto, and runs of the CLI 3.0.65. The extension was not run.
 */
import type { Value, ValueMap } from '../decide/request.js'
import { isMap, own } from '../decide/value.js'
import { parsed } from './canonical.js'
import type { Adapter } from './contract.js'
import { platform, type ToolUse } from './platform.js'
import { flatJson } from './replies.js'

export function cline(): Adapter {
  return platform({
    name: 'cline',
    events: 'tool_call PreToolUse',
    tools:
      'bash.execute* run_commands execute_command|file.read* read_files read_file|@edit editor write_to_file replace_in_file|@patch apply_patch|' +
      'file.grep* search_codebase search_files|file.list list_files list_code_definition_names|web.fetch* fetch_web_content web_fetch|web.search web_search|' +
      'agent.spawn spawn_agent use_subagents team_spawn_teammate team_run_task|agent.message team_send_message|@mcp use_mcp_tool|' +
      '@resource access_mcp_resource|skill.invoke skills use_skill|user.ask ask_followup_question ask_question attempt_completion|plan.update plan_mode_respond focus_chain',
    mcp: ['', '__'],
    takesText: true,
    use,
    reply: flatJson((decision, message) => (decision === 'allow' ? { cancel: false } : { cancel: true, errorMessage: message }), false),
    exits: { allow: 0, ask: 0, deny: 0 },
  })
}

function use(input: ValueMap): ToolUse | undefined {
  const call = own(input, 'tool_call')
  if (call !== undefined && isMap(call)) return toolUse(own(call, 'name'), own(call, 'input'))
  const shown = own(input, 'preToolUse')
  if (shown === undefined || !isMap(shown)) return undefined
  const parameters = own(shown, 'parameters') ?? null
  return toolUse(own(shown, 'toolName'), isMap(parameters) ? withLists(parameters) : parameters)
}

function toolUse(tool: Value | undefined, input: Value | undefined): ToolUse | undefined {
  return typeof tool === 'string' ? { tool, input: input ?? null } : undefined
}

/** The extension writes a list as text. One that a shell would find something to run in may as well be that text. */
function withLists(parameters: ValueMap): ValueMap {
  const lists = Object.entries(parameters).filter(([name]) => name !== 'content' && name !== 'diff')
  return { ...parameters, ...Object.fromEntries(lists.map(([name, value]) => [name, listIn(value)])) }
}

function listIn(value: Value): Value {
  const read = parsed(value)
  return typeof value === 'string' && read !== value && /[`$]/.test(value) ? null : read
}
