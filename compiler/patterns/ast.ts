/** What every pattern syntax is read into: regular expressions over code points, with look-around. */
import { allChars, type CharSet, codePointsOf, singleChar } from './char-set.js'

export type Pattern =
  | { readonly kind: 'empty' }
  /** One code point of the set. */
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly of: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly of: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly of: Pattern; readonly min: number; readonly max: number }
  | Neighbour
  | Look

/** Holds where the code point before (or after) this position is in the set, or where there is none and `edge` says so. */
export interface Neighbour {
  readonly kind: 'before' | 'after'
  readonly set: CharSet
  readonly edge: boolean
}

/** Holds where something that begins (`ahead`) or ends (`behind`) at this position does, or does not, match `of`. */
export interface Look {
  readonly kind: 'ahead' | 'behind'
  readonly negated: boolean
  readonly of: Pattern
}

export const empty: Pattern = { kind: 'empty' }
const nothing: Pattern = { kind: 'set', set: [] }
export const anyChar: Pattern = { kind: 'set', set: allChars }
export const anything: Pattern = { kind: 'repeat', of: anyChar, min: 0, max: Number.POSITIVE_INFINITY }

export const startOfText: Neighbour = { kind: 'before', set: [], edge: true }
export const endOfText: Neighbour = { kind: 'after', set: [], edge: true }

export function setOf(set: CharSet): Pattern {
  return { kind: 'set', set }
}

export function sequence(of: readonly Pattern[]): Pattern {
  const [first] = of
  if (first === undefined) return empty
  return of.length === 1 ? first : { kind: 'sequence', of }
}

export function choice(of: readonly Pattern[]): Pattern {
  const [first] = of
  if (first === undefined) return nothing
  return of.length === 1 ? first : { kind: 'choice', of }
}

export function repeat(of: Pattern, min: number, max: number): Pattern {
  return { kind: 'repeat', of, min, max }
}

export function anyNumberOf(of: Pattern): Pattern {
  return repeat(of, 0, Number.POSITIVE_INFINITY)
}

export function optional(of: Pattern): Pattern {
  return repeat(of, 0, 1)
}

/** The text itself, each code point widened by `widen` (to all its cases, say). */
export function literal(text: string, widen: (codePoint: number) => CharSet = singleChar): Pattern {
  return sequence(codePointsOf(text).map(codePoint => setOf(widen(codePoint))))
}
