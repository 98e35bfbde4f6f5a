/**
 * OpenCode, plugin hook `tool.execute.before`: the plugin that is installed pipes the call to the hook.
 *
 *   stdin    { tool, sessionID, callID, args, directory, servers? }: `tool`, `sessionID` and `callID` of the hook's input, `args` of its output, `directory` of the
 *            plugin's own input; `servers`, the names of the configured MCP servers as tools are named after them, where the plugin knows them.
 *            Tools of MCP servers are `<server>_<tool>` and nothing marks them
 *   allow    status 10, nothing on either stream: the plugin returns, and the platform's own permissions still apply
 *   deny     status 2 and the reason on stderr, which the plugin throws
 *   review   a deny: the hook cannot ask
 *   failure  any other status, a time-out of the plugin's own: the plugin throws. A hook that never answers hangs the agent for ever
 *
 * Source: @opencode-ai/plugin and runs of 1.18.33.
 */
import type { ValueMap } from '../decide/request.js'
import { isList, own } from '../decide/value.js'
import type { Adapter } from './contract.js'
import { platform, type ToolUse } from './platform.js'
import { onStderr } from './replies.js'

export function opencode(): Adapter {
  return platform({
    name: 'opencode',
    events: '',
    tools:
      'bash.execute bash|file.read read|file.write write|file.edit edit|@patch apply_patch patch|file.glob glob|file.grep grep|file.list list|web.fetch webfetch|' +
      'web.search websearch|agent.spawn task|skill.invoke skill|plan.update todowrite todoread|user.ask question',
    mcp: ['', '_'],
    cwd: 'workdir',
    use,
    reply: onStderr,
    exits: { allow: 10, ask: 11, deny: 2 },
  })
}

function use(input: ValueMap): ToolUse | undefined {
  const tool = own(input, 'tool')
  const servers = own(input, 'servers') ?? []
  const names = isList(servers) ? servers.filter(server => typeof server === 'string') : []
  return typeof tool === 'string' ? { tool, input: own(input, 'args') ?? null, servers: names } : undefined
}
