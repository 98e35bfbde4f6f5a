/** Matching a text that is known: the set of places where a pattern can end, from the set of places where it can start. */
import { codePoints, has } from './char-set.js'
import type { Boundary, Edge, Pattern } from './pattern.js'

type Places = ReadonlySet<number>

export function matchesText(pattern: Pattern, text: string): boolean {
  const points = codePoints(text)
  return ends(pattern, points, new Set([0])).has(points.length)
}

function ends(pattern: Pattern, text: readonly number[], starts: Places): Places {
  switch (pattern.kind) {
    case 'chars':
      return new Set([...starts].filter(at => has(pattern.set, text[at] ?? -1)).map(at => at + 1))
    case 'sequence':
      return pattern.of.reduce((places, part) => ends(part, text, places), starts)
    case 'choice':
      return new Set(pattern.of.flatMap(part => [...ends(part, text, starts)]))
    case 'repeat':
      return repeated(pattern, text, starts)
    case 'edge':
      return new Set([...starts].filter(at => isEdge(pattern, text, at)))
    case 'boundary':
      return new Set([...starts].filter(at => isBoundary(pattern, text[at - 1], text[at])))
    case 'group':
      return ends(pattern.of, text, starts)
    case 'reference':
    case 'atomic':
    case 'conditional':
      throw new Error('this pattern is matched by trying one way after the other')
    case 'look':
      return new Set([...starts].filter(at => seen(pattern.of, text, at, pattern.behind) !== pattern.negated))
    default:
      return pattern satisfies never
  }
}

/** A place reached after fewer rounds leaves more of them, so a place needs to be entered but once. */
function repeated({ of, min, max }: { of: Pattern; min: number; max: number }, text: readonly number[], starts: Places): Places {
  let newest = starts
  for (let round = 0; round < min && newest.size > 0; round++) newest = ends(of, text, newest)
  const reached = new Set(newest)
  for (let round = min; round < max && newest.size > 0; round++) {
    newest = new Set([...ends(of, text, newest)].filter(at => !reached.has(at)))
    for (const at of newest) reached.add(at)
  }
  return reached
}

export function isEdge({ side, breaks, beforeFinalNewline }: Edge, text: readonly number[], at: number): boolean {
  if (side === 'start') return at === 0 || has(breaks, text[at - 1] ?? -1)
  if (at === text.length || has(breaks, text[at] ?? -1)) return true
  return beforeFinalNewline && at === text.length - 1 && text[at] === NEWLINE
}

export const NEWLINE = 0x0a

/** `before` and `after`: the characters beside the place; undefined at the ends of the text. */
export function isBoundary({ negated, word, inEmptyText }: Boundary, before: number | undefined, after: number | undefined): boolean {
  if (before === undefined && after === undefined) return negated && inEmptyText
  const differ = has(word, before ?? -1) !== has(word, after ?? -1)
  return differ !== negated
}

function seen(pattern: Pattern, text: readonly number[], at: number, behind: boolean): boolean {
  if (!behind) return ends(pattern, text, new Set([at])).size > 0
  return Array.from({ length: at + 1 }, (_, start) => start).some(start => ends(pattern, text, new Set([start])).has(at))
}
