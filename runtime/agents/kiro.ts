/**
 * Kiro (CLI agent hooks and `.kiro/hooks`), event `preToolUse`.
 *
 *   stdin    { hook_event_name: "preToolUse", cwd, session_id, tool_name, tool_input }; tools of MCP servers are `@server/tool`
 *   allow    exit status 0, nothing
 *   deny     the reason on stderr and exit status 2
 *   review   a deny: nothing can ask
 *   failure  not clear from the documents; the installed command blocks
 *
 * Source: kiro.dev/docs; arguments partly undocumented. Not run.
 */
import type { Adapter } from './contract.js'
import { platform } from './platform.js'
import { onStderr } from './replies.js'

export function kiro(): Adapter {
  return platform({
    name: 'kiro',
    events: 'preToolUse PreToolUse',
    tools:
      'bash.execute execute_bash shell execute_cmd|file.read* fs_read read|@verb fs_write write|web.fetch web_fetch|web.search web_search|file.glob glob|file.grep grep|' +
      'agent.spawn use_subagent delegate subagent|plan.update todo_list todo|tool.discover introspect thinking',
    mcp: ['@', '/'],
    cwd: 'working_dir',
    reply: onStderr,
    exits: { allow: 0, ask: 2, deny: 2 },
  })
}
