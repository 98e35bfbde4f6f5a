import type { Origin, Role } from './request.js'

export type Effect = 'allow' | 'deny' | 'review'
export type Decision = Effect
/** What a possible match of a deny or review statement yields. */
export type PossibleOutcome = 'deny' | 'review' | 'ignore'
export type Certainty = 'definite' | 'possible'

/** One statement that applies, or possibly applies, to one request of the call. */
export interface Match {
  readonly sid: string
  readonly effect: Effect
  /** What the match yields: the effect of a definite match, at most that of a possible one. */
  readonly outcome: Effect
  readonly certainty: Certainty
  readonly request: Role
  /** The first test of the condition that has the condition's value, in words; empty where there is none. */
  readonly detail: string
  /** `file:line`, the file relative to its policy folder. */
  readonly source: string
  /** Where in the call the part or the effect comes from, if the host told. */
  readonly origin?: Origin
}

/** The answer to one tool call: a pure function of policy, expanded call and file-system facts. */
export interface Result {
  readonly decision: Decision
  /** The deciding statement; null where the default decided. */
  readonly sid: string | null
  readonly reason: string
  /** What to do instead, for the agent. */
  readonly guidance?: string
  readonly certainty: Certainty
  readonly matched: readonly Match[]
}
