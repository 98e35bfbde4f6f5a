/**
 * The intermediate representation: statements over shared tests over shared patterns. Every setting is resolved, every
 * shorthand gone; what is left is three-valued formulas, which passes may rewrite as long as all three values stay.
 */
import type { Effect, PossibleOutcome } from '../../runtime/decide/result.js'
import type { Network } from '../../runtime/decide/network.js'
import type { Json } from '../ast.js'
import type { Automaton } from '../patterns/automaton.js'
import type { PatternSource } from '../patterns/compile-pattern.js'
import type { PathBase } from '../patterns/path-pattern.js'

/** Indexes into `Ir.patterns` and `Ir.tests`. */
export type PatternId = number
export type TestId = number

export interface IrPattern {
  readonly source: PatternSource
  readonly automaton: Automaton
}

export interface PathAlternative {
  readonly base: PathBase
  readonly pattern: PatternId
  /** The same pattern ignoring letter case, for platforms whose file systems do. */
  readonly folded: PatternId
}

export type IrOperation =
  | { readonly kind: 'exists' }
  | { readonly kind: 'equals'; readonly value: Json }
  | { readonly kind: 'one_of'; readonly values: readonly Json[] }
  /** A list holds the element; a text holds its text, where it has one. */
  | { readonly kind: 'contains'; readonly value: Json; readonly pattern?: PatternId }
  | { readonly kind: 'pattern'; readonly pattern: PatternId }
  /** `pattern` orders texts, where the limit is one. */
  | { readonly kind: 'order'; readonly relation: '<' | '<=' | '>' | '>='; readonly value: number | string; readonly pattern?: PatternId }
  | { readonly kind: 'path'; readonly alternatives: readonly PathAlternative[] }
  | { readonly kind: 'host'; readonly patterns: readonly string[] }
  | { readonly kind: 'cidr'; readonly networks: readonly Network[] }
  /** A list has one element for some of the elements wanted, or for each of them. */
  | { readonly kind: 'has'; readonly all: boolean; readonly wanted: readonly WantedElement[] }

/** A text with wildcards is a pattern of the texts of elements; any other value is compared. */
export type WantedElement = { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'pattern'; readonly pattern: PatternId }

export interface IrTest {
  readonly field: string
  readonly negated: boolean
  readonly operation: IrOperation
  /** The test as people read it: field, operator, value. */
  readonly words: string
}

export type Formula =
  | { readonly kind: 'test'; readonly test: TestId }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Formula[] }
  | { readonly kind: 'not'; readonly of: Formula }

export interface IrStatement {
  readonly sid: string
  readonly effect: Effect
  readonly onPossible: PossibleOutcome
  readonly onUnknown: PossibleOutcome
  /** Built-in protection of agsec itself: enforces in every mode. */
  readonly protection: boolean
  readonly actions: readonly IrAction[]
  readonly formula: Formula
  readonly reason?: string
  readonly guidance?: string
  /** `file:line` */
  readonly source: string
}

/** An action named in full, or a glob. */
export type IrAction =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'glob'; readonly glob: string; readonly pattern: PatternId }

export interface Ir {
  readonly defaultEffect: Effect
  readonly effectsFull: boolean
  readonly statements: readonly IrStatement[]
  readonly tests: readonly IrTest[]
  readonly patterns: readonly IrPattern[]
}
