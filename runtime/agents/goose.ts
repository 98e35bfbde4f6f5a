/**
 * Goose, event `PreToolUse`.
 *
 *   stdin    { event: "PreToolUse", session_id, matcher_context, tool_call_id, tool_name: "<extension>__<tool>", tool_input, working_dir }
 *   allow    {"decision":"allow"}
 *   deny     {"decision":"block","reason":…} on stdout, the reason on stderr, exit status 2
 *   review   a deny: nothing can ask
 *   failure  the call runs, unless the hook says `on_failure: "block"`
 *
 * Source: crates/goose/src/hooks/mod.rs of block/goose; the arguments of its tools are not documented there. Not run.
 */
import type { Adapter } from './contract.js'
import { platform } from './platform.js'
import { flatJson } from './replies.js'

export function goose(): Adapter {
  return platform({
    name: 'goose',
    events: 'PreToolUse',
    tools:
      'bash.execute developer__shell shell|@verb developer__text_editor text_editor|file.write developer__write write|file.edit developer__edit edit|' +
      'file.list developer__tree tree|file.read developer__image_processor|agent.spawn subagent__execute delegate|tool.discover platform__search_available_extensions|plan.update todo__todo_write',
    mcp: ['', '__'],
    reply: flatJson((decision, message) => (decision === 'allow' ? { decision } : { decision: 'block', reason: message }), true),
    exits: { allow: 0, ask: 2, deny: 2 },
  })
}
