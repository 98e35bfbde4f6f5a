/**
 * Calls that a platform asks about twice: Cursor by an event for tools and one for commands, Copilot and VS Code by hooks that they find in several
 * files. Each is decided; one is recorded. Of two that ask at the same moment, both may be.
 */
import type { Value, ValueMap } from '../decide/request.js'
import { isMap, own } from '../decide/value.js'

/** How long after the first one a second call without a number of its own counts as the same, in milliseconds. */
const WITHIN_MS = 2000

/**
 * Whether one of the last lines of the log is about the same call, and says the same of it.
 * @param tail the end of the log, each byte a character
 */
export function isRepeated(tail: string, line: string): boolean {
  const record = recordIn(line)
  const [, ...lines] = tail.split('\n')
  return record !== undefined && lines.some(each => isSame(recordIn(each), record))
}

function recordIn(line: string): ValueMap | undefined {
  try {
    const json = JSON.parse(comparable(line)) as Value // JSON.parse gives nothing else
    return isMap(json) ? json : undefined
  } catch {
    return undefined
  }
}

/** Without letters that bytes do not tell. */
function comparable(text: string): string {
  return text.trim().replace(/[^ -~]+/g, '?')
}

const SAME = ['session_id', 'action', 'outcome', 'sid', 'mode', 'cwd']

function isSame(before: ValueMap | undefined, record: ValueMap): boolean {
  if (before === undefined || own(record, 'session_id') === undefined || SAME.some(name => own(before, name) !== own(record, name)))
    return false
  const [first, second] = [own(before, 'tool_use_id'), own(record, 'tool_use_id')]
  if (first !== undefined && second !== undefined) return first === second
  return timeOf(record) - timeOf(before) <= WITHIN_MS && mainOf(before) === mainOf(record)
}

/** In milliseconds since 1970; NaN where there is none. */
function timeOf(record: ValueMap): number {
  const time = own(record, 'time')
  return typeof time === 'string' ? Date.parse(time) : Number.NaN
}

const MAIN = ['command', 'file_path', 'url', 'pattern', 'path', 'query', 'arguments', 'actions']

/** What the call is about, whatever else the one event or the other says of it. */
function mainOf(record: ValueMap): string {
  const params = own(record, 'params')
  const known = params !== undefined && isMap(params) ? params : {}
  const name = MAIN.find(each => own(known, each) !== undefined)
  return JSON.stringify(name === undefined ? known : own(known, name))
}
