/** Texts before, at or after a text in the order of code points, as patterns. */
import { type CharSet, charSet, codePoints, LAST_CODE_POINT } from './char-set.js'
import { anything, chars, choice, literal, type Pattern, repeat, sequence } from './pattern.js'

export function orderPattern(relation: '<' | '<=' | '>' | '>=', text: string): Pattern {
  const strict = relation.startsWith('<') ? before(text) : after(text)
  return relation.endsWith('=') ? choice(literal(text), strict) : strict
}

/** Those that end early, and those that differ first by a smaller character. */
function before(text: string): Pattern {
  const early = [...text].map((_, length) => literal(start(text, length)))
  return choice(...early, ...differing(text, point => charSet([[0, point - 1]])))
}

/** Those that go on, and those that differ first by a larger character. */
function after(text: string): Pattern {
  const longer = sequence(literal(text), repeat(chars([[0, LAST_CODE_POINT]]), 1, 1), anything)
  return choice(longer, ...differing(text, point => charSet([[point + 1, LAST_CODE_POINT]])))
}

function differing(text: string, others: (point: number) => CharSet): readonly Pattern[] {
  return codePoints(text).map((point, length) => sequence(literal(start(text, length)), chars(others(point)), anything))
}

function start(text: string, length: number): string {
  return [...text].slice(0, length).join('')
}
