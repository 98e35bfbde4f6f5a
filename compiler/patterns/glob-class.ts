/** The bracket of globs and path patterns: `[abc]`, `[a-c]`, `[!abc]`. */
import { type CharSet, charRange, complement, noChars, singleChar, union } from './char-set.js'

/** A member of a bracket, escapes undone. */
export interface ClassItem {
  readonly codePoint: number
  /** An escaped hyphen makes no range. */
  readonly escaped: boolean
}

const hyphen = 0x2d

/**
 * The set of a bracket's members, read from the left: `a-c` is a range, a hyphen with nothing on one side is itself. A range the wrong
 * way round holds nothing.
 */
export function classSet(items: readonly ClassItem[], negated: boolean, widen: (set: CharSet) => CharSet): CharSet {
  let set = noChars
  for (let at = 0; at < items.length; ) {
    const from = items[at]?.codePoint ?? 0
    const to = rangeEnd(items, at)
    set = union(set, to === undefined ? singleChar(from) : charRange(from, to))
    at += to === undefined ? 1 : 3
  }
  const widened = widen(set)
  return negated ? complement(widened) : widened
}

function rangeEnd(items: readonly ClassItem[], at: number): number | undefined {
  const middle = items[at + 1]
  return middle?.codePoint === hyphen && !middle.escaped ? items[at + 2]?.codePoint : undefined
}
