/** Patterns: every text operator of the language is one of these, matched against the whole text. */
import { allChars, type CharSet, charsOf, complement } from './char-set.js'

export type Pattern =
  | { readonly kind: 'chars'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly of: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly of: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly of: Pattern; readonly min: number; readonly max: number; readonly how?: 'lazy' | 'possessive' }
  /** What it matched can be referred to, and otherwise is that of its pattern. */
  | { readonly kind: 'group'; readonly number: number; readonly of: Pattern }
  | Irregular
  | Edge
  | Boundary
  | { readonly kind: 'look'; readonly behind: boolean; readonly negated: boolean; readonly of: Pattern }

/** What cannot be told from places alone. */
export type Irregular =
  | { readonly kind: 'reference'; readonly group: number; readonly same: (a: number, b: number) => boolean }
  | { readonly kind: 'atomic'; readonly of: Pattern }
  | { readonly kind: 'conditional'; readonly group: number; readonly yes: Pattern; readonly no: Pattern }

/** The start or the end of the text, or of a line where `breaks` holds something. */
export interface Edge {
  readonly kind: 'edge'
  readonly side: 'start' | 'end'
  readonly breaks: CharSet
  /** An end that also stands before a newline that ends the text. */
  readonly beforeFinalNewline: boolean
}

/** A place between a word character and something else; negated: any other place. */
export interface Boundary {
  readonly kind: 'boundary'
  readonly negated: boolean
  readonly word: CharSet
  /** For Python, the empty text has no place that is not a boundary either. */
  readonly inEmptyText: boolean
}

export const notSlash = complement(charsOf('/'))
export const anything: Pattern = repeat(chars(allChars), 0, Number.POSITIVE_INFINITY)

export function chars(set: CharSet): Pattern {
  return { kind: 'chars', set }
}

export function sequence(...of: readonly Pattern[]): Pattern {
  return { kind: 'sequence', of }
}

export function choice(...of: readonly Pattern[]): Pattern {
  return { kind: 'choice', of }
}

export function repeat(of: Pattern, min: number, max: number): Pattern {
  return { kind: 'repeat', of, min, max }
}

/** `variants`: what may stand for a character of the text. */
export function literal(text: string, variants: (set: CharSet) => CharSet = set => set): Pattern {
  return sequence(...[...text].map(char => chars(variants(charsOf(char)))))
}

/** The pattern found anywhere. */
export function search(pattern: Pattern): Pattern {
  return sequence(anything, pattern, anything)
}
