/**
 * The intermediate representation: statements over tests over patterns. Every setting is resolved, every shorthand gone; what
 * is left is three-valued formulas. Lowering gives every statement its condition as written and shares nothing; passes
 * (`compiler/passes/`) rewrite what is evaluated, as long as all three values stay, and add indexes.
 */
import type { Effect, PossibleOutcome } from '../../runtime/decide/result.js'
import type { Network } from '../../runtime/decide/network.js'
import type { Json } from '../ast.js'
import type { PatternSource } from '../patterns/compile-pattern.js'
import type { Machine } from '../patterns/machine.js'
import type { PathBase } from '../patterns/path-pattern.js'

/** Indexes into `Ir.patterns` and `Ir.tests`. */
export type PatternId = number
export type TestId = number

/** A pattern, and what decides it: its minimal automaton or, where that would be too large, its circuit. */
export type IrPattern = { readonly source: PatternSource } & Machine

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
}

export type Formula =
  /** The words are the test as its author wrote it: field, operator, value. No value depends on them. */
  | { readonly kind: 'test'; readonly test: TestId; readonly words: string }
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
  /** The condition in document order: what a match is explained by, and what decides how much of it is unknown. */
  readonly written: Formula
  /** The condition that is evaluated: equal to the written one in all three values. */
  readonly evaluated: Formula
  /** Added by passes: where it is not met, the condition is false. */
  readonly guard?: Guard
  readonly reason?: string
  readonly guidance?: string
  /** `file:line` */
  readonly source: string
}

/** An action named in full, or a glob whose pattern leaves out what the globs `except` match. */
export type IrAction =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'glob'; readonly glob: string; readonly except: readonly string[]; readonly pattern: PatternId }

export type Scalar = string | number | boolean

export type Guard =
  /** Met where the field holds one of the values, or a text known only in part. */
  | { readonly kind: 'values'; readonly field: string; readonly values: readonly Scalar[] }
  /** Met where the field holds a text with one literal of each set in it, or what is no text; it is looked up by those of the first set. */
  | { readonly kind: 'literals'; readonly field: string; readonly sets: readonly (readonly string[])[] }

/** Which statements have to be looked at for which actions. Statements are numbered as in `Ir.statements`. */
export interface ActionIndex {
  /** Every action that the policy names in full, with all statements that cover it, by glob too. */
  readonly names: readonly ActionUse<{ readonly name: string }>[]
  /** The distinct globs with wildcards. */
  readonly globs: readonly ActionUse<{ readonly glob: string; readonly pattern: PatternId }>[]
}

export type ActionUse<Key> = Key & {
  /** In file order. */
  readonly statements: readonly number[]
  /** Those of them whose condition can be other than false. */
  readonly live: readonly number[]
}

export interface Ir {
  /** Absent where the policy writes none. */
  readonly defaultEffect?: Effect
  readonly effectsFull: boolean
  readonly statements: readonly IrStatement[]
  readonly tests: readonly IrTest[]
  readonly patterns: readonly IrPattern[]
  /** Added by a pass; without it every statement is asked whether it covers an action. */
  readonly actionIndex?: ActionIndex
}
