/** A decision for people. */
import type { Decision, Match, Result } from '../../runtime/decide/result.js'
import { columns, oneLine } from './columns.js'
import type { Palette } from './palette.js'

export function resultText(result: Result, colour: Palette): string {
  const possible = result.certainty === 'possible' ? colour.dim(' (possibly)') : ''
  const lines = [`${decisionWord(result.decision, colour)}${possible}  ${oneLine(result.reason)}`]
  if (result.guidance !== undefined) lines.push(`  instead: ${oneLine(result.guidance)}`)
  return `${lines.join('\n')}\n${matchLines(result.matched, colour)}`
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
    oneLine(match.detail, 120),
  ])
  return columns(rows)
}
