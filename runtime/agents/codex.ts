/**
 * Codex CLI, event `PreToolUse`.
 *
 *   stdin    { session_id, turn_id, cwd, hook_event_name: "PreToolUse", permission_mode, tool_name, tool_input, tool_use_id, agent_id?, agent_type? };
 *            `apply_patch` is a tool of its own, and a heredoc in a command of `Bash`
 *   allow    nothing: a bare "allow" marks the hook as failed
 *   deny     the reason on stderr and exit status 2; without a word on stderr the call runs. Nothing on stdout: an unknown key there makes it run
 *   review   a deny: "ask" makes the call run
 *   failure  the call runs, whatever the configuration; the installed command blocks instead
 *
 * Source: codex-rs/hooks (output_parser.rs, pre_tool_use.rs) and runs of 0.169.0.
 */
import type { Adapter } from './contract.js'
import { platform } from './platform.js'
import { onStderr } from './replies.js'

export function codex(): Adapter {
  return platform({
    name: 'codex',
    events: 'PreToolUse',
    tools:
      'bash.execute Bash|@patch apply_patch|file.read view_image|@resource read_mcp_resource|tool.discover list_mcp_resources list_mcp_resource_templates ' +
      'wait_agent multi_agent_v1wait_agent close_agent multi_agent_v1close_agent|agent.spawn spawn_agent multi_agent_v1spawn_agent|' +
      'agent.message send_input multi_agent_v1send_input|plan.update update_plan',
    mcp: ['mcp__', '__'],
    reply: onStderr,
    exits: { allow: 0, ask: 2, deny: 2 },
  })
}
