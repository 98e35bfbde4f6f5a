import type { IToken } from 'chevrotain'
import type { Range } from './expression.js'

/** The place of a token. */
export function rangeOf({ startOffset, image }: IToken): Range {
  return { start: startOffset, end: startOffset + image.length }
}

/** From the start of one to the end of another. */
export function across(first: Range, last: Range): Range {
  return { start: first.start, end: Math.max(first.end, last.end) }
}
