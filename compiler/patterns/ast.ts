/** What every pattern syntax is read into: regular expressions over code points, with look-around. */
import { allChars, type CharSet, codePointsOf, singleChar } from './char-set.js'

export type Pattern =
  | { readonly kind: 'empty' }
  /** One code point of the set. */
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly of: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly of: readonly Pattern[] }
  /** `how`: told only where it matters, in patterns that are not regular; greedy where it is absent. */
  | { readonly kind: 'repeat'; readonly of: Pattern; readonly min: number; readonly max: number; readonly how?: 'lazy' | 'possessive' }
  | Neighbour
  | Look
  | Irregular

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

/** What no automaton can stand for, and the groups that it speaks of: read only where a policy asks for it. */
export type Irregular =
  | Group
  /** What the group matched last, once more; a group that has not matched fails in Python and is empty in ECMAScript. */
  | { readonly kind: 'reference'; readonly group: number; readonly fold: Fold; readonly width: Width }
  /** The first match of `of` and no other. */
  | { readonly kind: 'atomic'; readonly of: Pattern }
  /** `yes` where the group has matched. */
  | { readonly kind: 'conditional'; readonly group: number; readonly yes: Pattern; readonly no: Pattern }

export interface Group {
  readonly kind: 'group'
  readonly number: number
  readonly of: Pattern
}

/** How a reference compares characters: as they are, by their lower case in ASCII, or by that of the dialect. */
export type Fold = 'none' | 'ascii' | 'full'

/** How many code points a pattern reads, at least and at most. */
export interface Width {
  readonly min: number
  readonly max: number
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

export function repeat(of: Pattern, min: number, max: number, how?: 'lazy' | 'possessive'): Pattern {
  return { kind: 'repeat', of, min, max, ...(how === undefined ? {} : { how }) }
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

/** The pattern and all parts of it, at any depth. */
export function partsOf(pattern: Pattern): readonly Pattern[] {
  return [pattern, ...childrenOf(pattern).flatMap(partsOf)]
}

function childrenOf(pattern: Pattern): readonly Pattern[] {
  switch (pattern.kind) {
    case 'sequence':
    case 'choice':
      return pattern.of
    case 'repeat':
    case 'ahead':
    case 'behind':
    case 'group':
    case 'atomic':
      return [pattern.of]
    case 'conditional':
      return [pattern.yes, pattern.no]
    case 'empty':
    case 'set':
    case 'before':
    case 'after':
    case 'reference':
      return []
    default:
      return pattern satisfies never
  }
}
