/** What joins conditions, and what is written in its place. */
import type { IToken } from 'chevrotain'
import { quoted } from '../diagnostics/quoted.js'
import type { ExpressionProblem } from './expression.js'
import { rangeOf } from './ranges.js'
import { isA } from './tokens.js'

type Report = (problem: ExpressionProblem) => void

export function checkedConnector(token: IToken, meant: 'and' | 'or', report: Report): void {
  if (token.image === meant) return
  const help = isA(token, 'Comma', 'Semicolon') ? 'join conditions with `and` or `or`' : `write \`${meant}\``
  report({ code: 'when-syntax', ...rangeOf(token), message: `${quoted(token.image)} does not join conditions`, help })
}

export function checkedNot(token: IToken, report: Report): IToken {
  if (token.image !== 'not')
    report({ code: 'when-syntax', ...rangeOf(token), message: `${quoted(token.image)} is no word of expressions`, help: 'write `not`' })
  return token
}

export function notJoined(next: IToken, report: Report): void {
  const message = `expected \`and\` or \`or\` before ${quoted(next.image)}`
  report({ code: 'when-syntax', ...rangeOf(next), message })
}

/** @param before the token before the place where a condition should stand */
export function missingCondition(before: IToken, next: IToken, isEnd: boolean, report: Report): void {
  const { token, message } = isEnd || isA(next, 'CloseParenthesis') ? unfinished(before) : unstarted(next)
  report({ code: 'when-syntax', ...rangeOf(token), message })
}

interface Gap {
  readonly token: IToken
  readonly message: string
}

function unfinished(before: IToken): Gap {
  const message = isA(before, 'OpenParenthesis')
    ? 'there is no condition in these parentheses'
    : `expected a condition after ${quoted(before.image)}`
  return { token: before, message }
}

function unstarted(next: IToken): Gap {
  return { token: next, message: `expected a condition before ${quoted(next.image)}` }
}
