import { isMap } from '../asked.js'
import type { PlayedCall } from '../demo/play.js'
import { columns, oneLine } from './columns.js'
import { counted } from './counted.js'
import type { Palette } from './palette.js'
import { decisionWord } from './result-text.js'

/** One row a call: the tool, what it was to do, the answer and why. */
export function demoText(played: readonly PlayedCall[], colour: Palette): string {
  const head = ['tool', 'what', 'decision', 'reason', 'statement'].map(colour.bold)
  const rows = played.map(call => row(call, colour))
  const wrong = played.filter(({ recorded, decision }) => decision !== recorded.decision)
  const verdict = wrong.length === 0 ? 'every decision is the recorded one' : `${counted(wrong.length, 'decision')} not as recorded`
  return `${columns([head, ...rows])}\n${counted(played.length, 'tool call')}, each a process of its own: ${verdict}\n`
}

function row({ recorded, decision, record, stderr }: PlayedCall, colour: Palette): readonly string[] {
  const tool = String(recorded.input['tool_name'])
  const expected = decision === recorded.decision ? '' : ` (recorded: ${recorded.decision})`
  const said = [
    `${decisionWord(decision, colour)}${expected}`,
    oneLine(record?.reason ?? stderr, 56),
    colour.dim(record?.source ?? '(default)'),
  ]
  return [oneLine(tool, 26), oneLine(whatOf(recorded.input['tool_input']), 44), ...said]
}

/** The argument that the call is about: its first one. */
function whatOf(input: unknown): string {
  if (!isMap(input)) return ''
  const [first] = Object.values(input)
  return typeof first === 'string' ? first : JSON.stringify(input)
}
