/** A decision for people. */
import type { Decision, Match, Result } from '../../runtime/decide/result.js'
import { decidingMatch, originText } from '../../runtime/decide/deciding-match.js'
import { columns, oneLine } from './columns.js'
import type { Palette } from './palette.js'

export function resultText(result: Result, colour: Palette): string {
  return `${headText(result, colour)}${matchLines(result.matched, colour)}`
}

/** The decision, why, about what, and what to do instead. */
export function headText(result: Result, colour: Palette): string {
  const possible = result.certainty === 'possible' ? colour.dim(' (possibly)') : ''
  const where = originText(decidingMatch(result)?.origin)
  const lines = [`${decisionWord(result.decision, colour)}${possible}  ${oneLine(result.reason)}${oneLine(where)}`]
  if (result.guidance !== undefined) lines.push(`  instead: ${oneLine(result.guidance)}`)
  return `${lines.join('\n')}\n`
}

export function decisionWord(decision: Decision, colour: Palette): string {
  return colour[decision](decision)
}

function matchLines(matched: readonly Match[], colour: Palette): string {
  const rows = matched.map(match => [
    `  ${decisionWord(match.outcome, colour)}`,
    match.certainty === 'possible' ? 'possibly' : '',
    match.sid,
    colour.dim(match.source),
    oneLine(`${originText(match.origin).trimStart()}  ${match.detail}`.trim(), 160),
  ])
  return columns([...new Map(rows.map(row => [row.join('\0'), row])).values()])
}
