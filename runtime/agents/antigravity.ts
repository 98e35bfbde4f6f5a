/**
 * Antigravity CLI (`agy`), event `PreToolUse`.
 *
 *   stdin    { toolCall: { name, args }, stepIdx, conversationId, workspacePaths }
 *   allow    {"decision":"allow"}, which grants nothing that the platform would ask about
 *   deny     {"decision":"deny","reason":…} and exit status 0
 *   review   a deny: "force_ask" does nothing in the mode `always-proceed`, and the input does not tell the mode
 *   failure  blocks: a status other than 0, a time-out, a word that is no JSON
 *
 * Source: published captures of 1.1.2 and 1.1.27. Not run.
 */
import { isMap, own } from '../decide/value.js'
import type { Adapter } from './contract.js'
import { platform } from './platform.js'
import { flatJson } from './replies.js'

export function antigravity(): Adapter {
  return platform({
    name: 'antigravity',
    events: 'PreToolUse',
    tools:
      'bash.execute run_command|bash.input send_command_input|tool.discover command_status|file.read view_file view_file_outline view_code_item|file.write write_to_file|' +
      'file.edit replace_file_content multi_replace_file_content|file.list list_dir|file.glob find_by_name|file.grep grep_search|web.fetch read_url_content|' +
      'web.search search_web|agent.spawn browser_subagent|plan.update task_boundary|user.ask notify_user',
    mcp: ['mcp_', '_'],
    cwd: 'Cwd',
    use: input => {
      const call = own(input, 'toolCall')
      const tool = call !== undefined && isMap(call) ? own(call, 'name') : undefined
      return call !== undefined && isMap(call) && typeof tool === 'string' ? { tool, input: own(call, 'args') ?? null } : undefined
    },
    reply: flatJson((decision, message) => (decision === 'allow' ? { decision } : { decision: 'deny', reason: message }), false),
    exits: { allow: 0, ask: 0, deny: 0 },
  })
}
