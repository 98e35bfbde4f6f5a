/**
 * Windsurf (Cascade hooks), now Devin Desktop, events `pre_run_command`, `pre_read_code`, `pre_write_code`, `pre_mcp_tool_use`.
 *
 *   stdin    { agent_action_name, trajectory_id, execution_id, tool_info }, `tool_info` being what the event is about. Where the agent works is not told
 *            but for commands: the hook is told where it was started
 *   allow    exit status 0
 *   deny     the reason on stderr and exit status 2; stdout is never read
 *   review   a deny: nothing can ask
 *   failure  the call runs; the installed command blocks instead
 *
 * Source: docs.windsurf.com/windsurf/cascade/hooks and published captures. Not run.
 */
import { own } from '../decide/value.js'
import type { Adapter } from './contract.js'
import { platform } from './platform.js'
import { onStderr } from './replies.js'

export function windsurf(): Adapter {
  return platform({
    name: 'windsurf',
    events: '',
    tools: 'bash.execute pre_run_command|file.read pre_read_code|@edit pre_write_code|@mcp pre_mcp_tool_use',
    mcp: ['mcp__', '__'],
    cwd: 'cwd',
    use: input => {
      const tool = own(input, 'agent_action_name')
      return typeof tool === 'string' && tool.startsWith('pre_') ? { tool, input: own(input, 'tool_info') ?? null } : undefined
    },
    reply: onStderr,
    exits: { allow: 0, ask: 2, deny: 2 },
  })
}
