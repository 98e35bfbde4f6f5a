/** Globs over names: `*` any run, `/` and dots too, `?` one character, `[abc]`, `[a-c]`, `[!abc]` one of a set. */
import { allChars, charsOf, codePoints } from './char-set.js'
import { classSet } from './glob-class.js'
import { anything, chars, type Pattern, sequence } from './pattern.js'

export function globPattern(source: string): Pattern {
  const input = [...source]
  const parts: Pattern[] = []
  for (let at = 0; at < input.length; at++) {
    const close = input[at] === '[' ? closeOf(input, at) : -1
    if (close === -1) parts.push(single(input[at] ?? ''))
    else parts.push(bracket(input.slice(at + 1, close)))
    at = Math.max(at, close)
  }
  return sequence(...parts)
}

function single(char: string): Pattern {
  if (char === '*') return anything
  return chars(char === '?' ? allChars : charsOf(char))
}

/** A `]` in the first place is a member; -1 where the bracket is not closed and so an ordinary character. */
function closeOf(input: readonly string[], open: number): number {
  const first = input[open + 1] === '!' ? open + 2 : open + 1
  return input.indexOf(']', first + 1)
}

function bracket(content: readonly string[]): Pattern {
  const negated = content[0] === '!'
  const members = codePoints(content.slice(negated ? 1 : 0).join(''))
  return chars(
    classSet(
      members.map(point => ({ point, escaped: false })),
      negated,
      set => set,
    ),
  )
}
