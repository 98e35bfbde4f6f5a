/**
 * Cursor (IDE and `cursor-agent`), events `beforeShellExecution`, `beforeMCPExecution`, `beforeReadFile`, `beforeTabFileRead`, `subagentStart`, `preToolUse`.
 *
 *   stdin    { conversation_id, generation_id, session_id, cursor_version, workspace_roots, hook_event_name } and what the event is about: `command` and `cwd`;
 *            `tool_name`, `tool_input` (text that holds JSON) and the server's `command` or `url`; `file_path`, `content`, `attachments`; `task`;
 *            preToolUse: { tool_name, tool_input, tool_use_id }. The name of an MCP server is never told
 *   allow    {"permission":"allow"}: nothing at all blocks where the entry says `failClosed`
 *   deny     {"permission":"deny","user_message":…,"agent_message":…} and exit status 0: with status 2 the model would be shown the JSON
 *   review   the same with "ask" for shell commands and MCP tools; elsewhere it has no effect, and the answer is a deny
 *   failure  the call runs, unless the entry says `failClosed: true`
 *
 * Source: cursor.com/docs/hooks and published captures of 3.9.16. Not run.
 */
import type { ValueMap } from '../decide/request.js'
import { own } from '../decide/value.js'
import type { Adapter } from './contract.js'
import { named, platform, type ToolUse } from './platform.js'
import { flatJson } from './replies.js'

const ASKED = ['beforeShellExecution', 'beforeMCPExecution']

export function cursor(): Adapter {
  return platform({
    name: 'cursor',
    events: `${ASKED.join(' ')} beforeReadFile beforeTabFileRead subagentStart preToolUse PreToolUse`,
    tools:
      'bash.execute beforeShellExecution Shell Bash|file.read* beforeReadFile beforeTabFileRead Read|@edit Write Edit|file.delete Delete|file.grep Grep|' +
      'file.glob Glob|file.list LS|agent.spawn subagentStart Task|web.fetch WebFetch|web.search WebSearch|plan.update TodoWrite',
    mcp: ['MCP:'],
    cwd: 'cwd working_directory',
    use,
    asks: input => ASKED.some(event => event === own(input, 'hook_event_name')),
    reply: flatJson(
      (decision, message) =>
        decision === 'allow'
          ? { permission: decision }
          : { permission: decision === 'review' ? 'ask' : decision, user_message: message, agent_message: message },
      false,
    ),
    exits: { allow: 0, ask: 0, deny: 0 },
    repeats: true,
  })
}

function use(input: ValueMap): ToolUse | undefined {
  // Others have events of these names, and would take the answer for an allow.
  if (own(input, 'cursor_version') === undefined && own(input, 'conversation_id') === undefined) return undefined
  const event = own(input, 'hook_event_name')
  const call = named(input)
  if (event === 'beforeMCPExecution') return call && { tool: `MCP:${call.tool}`, input: call.input, more: serverOf(input) }
  return call ?? (typeof event === 'string' ? { tool: event, input: ownArguments(input) } : undefined)
}

/** Of the server it is known how it is reached. */
function serverOf(input: ValueMap): ValueMap {
  const { command, url } = input
  return { ...(command === undefined ? {} : { server_command: command }), ...(url === undefined ? {} : { server_url: url }) }
}

/** What the event is about stands among what every event tells. */
function ownArguments(input: ValueMap): ValueMap {
  const names = ['command', 'cwd', 'file_path', 'content', 'attachments', 'subagent_type', 'task']
  return Object.fromEntries(names.flatMap(name => (own(input, name) === undefined ? [] : [[name, own(input, name) ?? null]])))
}
