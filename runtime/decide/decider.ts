import type { Call, Origin } from './request.js'
import type { Result } from './result.js'

/** What a compiled policy says of itself. */
export interface PolicyInfo {
  readonly kernelVersion: string
  /** SHA-256 (hex) over the names and texts of the policy's sources. */
  readonly sourceDigest: string
  readonly statementCount: number
}

export interface DecideOptions {
  /** Look at the built-in protection of agsec itself only: what observe mode still enforces. The default verdict is then allow. */
  readonly protectionOnly?: boolean
  /** Evaluate every statement instead of the indexed candidates: the slow, obvious answer, for comparison. */
  readonly noIndex?: boolean
}

/** How one test of a statement came out on one request. */
export interface ExplainedTest {
  /** `params.command regex "\\brm\\s"`. */
  readonly test: string
  readonly value: 'true' | 'false' | 'unknown'
  /** The field's value for people; `missing` where there is none. */
  readonly operand: string
}

/** How one statement came out on one request of the call. */
export interface ExplainedStatement {
  readonly sid: string
  readonly effect: 'allow' | 'deny' | 'review'
  readonly source: string
  readonly request: 'whole' | 'part' | 'effect'
  readonly action: string
  readonly origin?: Origin
  readonly condition: 'true' | 'false' | 'unknown'
  readonly tests: readonly ExplainedTest[]
}

export interface Decider {
  readonly info: PolicyInfo
  decide(call: Call, options?: DecideOptions): Result
  /** Every statement whose action matches, on every request, whatever came out. */
  explain(call: Call): readonly ExplainedStatement[]
}
