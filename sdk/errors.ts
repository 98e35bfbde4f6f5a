import type { Decision } from './contract.js'

/** A call that the policy does not let run. Its message is written for the model. */
export class PolicyViolationError extends Error {
  override readonly name = 'PolicyViolationError'
  readonly code = 'POLICY_VIOLATION'

  /** @param decision everything that led to it */
  constructor(readonly decision: Decision) {
    super(decision.message)
  }
}
