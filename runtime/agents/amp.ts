/**
 * Amp, plugin event `tool.call`: the plugin that is installed pipes the call to the hook.
 *
 *   stdin    { tool, toolUseID, input, thread: { id }, directory }: `tool`, `toolUseID`, `input` and `thread.id` of the event, `directory` where the plugin was started
 *   allow    status 10, nothing on either stream: the plugin returns {"action":"allow"}
 *   deny     status 2 and the reason on stderr: the plugin returns {"action":"reject-and-continue","message":…}
 *   review   a deny: whether `ui.confirm` works without anybody there is not known
 *   failure  any other status, a time-out of the plugin's own: the plugin rejects
 *
 * Source: @ampcode/plugin and ampcode.com/manual/plugin-api. Not run.
 */
import { own } from '../decide/value.js'
import type { Adapter } from './contract.js'
import { platform } from './platform.js'
import { onStderr } from './replies.js'

export function amp(): Adapter {
  return platform({
    name: 'amp',
    events: '',
    tools:
      'bash.execute Bash|file.read Read|file.edit edit_file|file.write create_file|file.glob glob|file.grep Grep|agent.spawn Task oracle|web.fetch read_web_page|web.search web_search|' +
      'plan.update todo_write todo_read|file.edit undo_edit|file.list list_directory',
    mcp: ['mcp__', '__'],
    cwd: 'cwd',
    use: input => {
      const tool = own(input, 'tool')
      return typeof tool === 'string' ? { tool, input: own(input, 'input') ?? null } : undefined
    },
    reply: onStderr,
    exits: { allow: 10, ask: 11, deny: 2 },
  })
}
