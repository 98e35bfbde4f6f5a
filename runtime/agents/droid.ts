/**
 * Droid (Factory), event `PreToolUse`, in Claude's dialect.
 *
 *   stdin    { session_id, cwd, permission_mode, hook_event_name: "PreToolUse", tool_name, tool_input }
 *   allow    nothing
 *   deny     Claude's JSON on stdout, the reason on stderr, exit status 2
 *   review   the same with "ask" and exit status 0, where a person approves calls ("off"); a deny in the modes that approve by themselves
 *   failure  the call runs; the installed command blocks instead
 *
 * Source: docs.factory.ai (hooks); arguments partly undocumented. Not run.
 */
import { own } from '../decide/value.js'
import type { Adapter } from './contract.js'
import { platform } from './platform.js'
import { nestedJson } from './replies.js'

export function droid(): Adapter {
  return platform({
    name: 'droid',
    events: 'PreToolUse',
    tools:
      'bash.execute Execute|file.write Create|file.edit Edit|@patch ApplyPatch|file.read Read|file.list LS|file.glob Glob|file.grep Grep|web.fetch FetchUrl|' +
      'web.search WebSearch|agent.spawn Task|plan.update TodoWrite|skill.invoke Skill|user.ask AskUser',
    mcp: ['mcp__', '__'],
    asks: input => own(input, 'permission_mode') === 'off',
    reply: nestedJson,
    exits: { allow: 0, ask: 0, deny: 2 },
  })
}
