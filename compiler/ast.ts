/** The policy as its authors wrote it, validated, with the place of everything that a later phase can complain about. */
import type { Effect, PossibleOutcome } from '../runtime/decide/result.js'
import type { Span } from './source.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** The operators under their canonical names; a negated one (`not_in`, `!=`) is its positive form with `negated`. */
export type Operator =
  | 'exists'
  | '=='
  | '>'
  | '>='
  | '<'
  | '<='
  | 'in'
  | 'contains'
  | 'starts_with'
  | 'ends_with'
  | 'regex'
  | 'glob'
  | 'path'
  | 'within'
  | 'host'
  | 'cidr'
  | 'has'
  | 'has_any'
  | 'has_all'

export type Dialect = 'python' | 'es'

export type Condition =
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | Test

/** One field, one operator, one value. */
export interface Test {
  readonly kind: 'test'
  /** The key as written: `params.command`, `context.agent`, or a bare key looked up in params, then in context. */
  readonly field: string
  readonly operator: Operator
  /** False over a missing field all the same, but for the negated `exists`. */
  readonly negated: boolean
  /** The operator as people know it, negation included: `not_in`, `!=`. */
  readonly operatorName: string
  /** What is told of the test instead of its field, operator and value. */
  readonly words?: string
  /** Absent for `exists`. */
  readonly value?: Json
  /** For `regex`: how the pattern is read. */
  readonly dialect?: Dialect
  readonly span: Span
  readonly valueSpan: Span
  /**
   * The place in the source of an offset into a text value (quotes, escapes and folding undone), for errors inside patterns;
   * where the value is a list, of an offset into its element `item`.
   */
  readonly spanInValue: (offset: number, length: number, item?: number) => Span
}

export interface ActionGlob {
  readonly glob: string
  readonly span: Span
}

export interface InlineTests {
  readonly allows: readonly InlineTest[]
  readonly denies: readonly InlineTest[]
  readonly reviews: readonly InlineTest[]
}

/**
 * One example. A bare string stands for the main argument of the statement's first action (`bash.execute`: `params.command`);
 * a map is a request: `{action?, params?, context?}`.
 */
export interface InlineTest {
  readonly request: {
    readonly action: string
    readonly params: { readonly [key: string]: Json }
    readonly context: { readonly [key: string]: Json }
  }
  readonly span: Span
}

export interface Statement {
  readonly sid: string
  readonly effect: Effect
  readonly actions: readonly ActionGlob[]
  /** None of these matches the action. */
  readonly notActions: readonly ActionGlob[]
  readonly condition: Condition
  readonly reason?: string
  readonly guidance?: string
  readonly onPossible?: PossibleOutcome
  readonly onUnknown?: PossibleOutcome
  /** Whether its patterns need not be regular. */
  readonly backtracking?: true
  readonly tests: InlineTests
  readonly span: Span
}

/** Every file of a policy folder, merged: the strictest of settings written in several files. */
export interface Policy {
  /** Undefined where no file writes one, which means deny. */
  readonly default?: Effect
  readonly onPossible?: PossibleOutcome
  readonly onUnknown?: PossibleOutcome
  readonly effects: 'explicit' | 'full'
  /** In file order, then in order of appearance. */
  readonly statements: readonly Statement[]
}
