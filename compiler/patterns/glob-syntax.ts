/** Globs over action names and plain strings, as Python's `fnmatch` reads them; `*` and `?` match anything, `/` and `.` included. */
import { anyChar, anything, type Pattern, sequence, setOf } from './ast.js'
import { codePointsOf, singleChar } from './char-set.js'
import { classSet } from './glob-class.js'

export function parseGlob(source: string): Pattern {
  const text = codePointsOf(source)
  const parts: Pattern[] = []
  for (let at = 0; at < text.length; ) {
    const end = text[at] === bracketOpen ? closingBracket(text, at) : undefined
    parts.push(end === undefined ? single(text[at] ?? 0) : bracket(text.slice(at + 1, end)))
    at = (end ?? at) + 1
  }
  return sequence(parts)
}

const star = 0x2a
const questionMark = 0x3f
const bracketOpen = 0x5b
const bracketClose = 0x5d
const exclamationMark = 0x21

function single(codePoint: number): Pattern {
  if (codePoint === star) return anything
  if (codePoint === questionMark) return anyChar
  return setOf(singleChar(codePoint))
}

/** Where the bracket at `at` is closed; undefined for one that never is, which stands for itself. A `]` in the first place is a member. */
function closingBracket(text: readonly number[], at: number): number | undefined {
  const first = text[at + 1] === exclamationMark ? at + 2 : at + 1
  const end = text.indexOf(bracketClose, first + 1)
  return end === -1 ? undefined : end
}

function bracket(content: readonly number[]): Pattern {
  const negated = content[0] === exclamationMark
  const items = content.slice(negated ? 1 : 0).map(codePoint => ({ codePoint, escaped: false }))
  return setOf(classSet(items, negated, set => set))
}
