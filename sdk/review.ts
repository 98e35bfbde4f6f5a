import type { Decision, OnReview } from './contract.js'

/** How a person's answer came out; why not, where nobody approved. */
export type Approved = true | string

const FIVE_MINUTES_MS = 300_000
/** Timers of a longer time fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Never throws, never rejects; a promise only where the answer is one. */
export function askForReview(onReview: OnReview, decision: Decision, timeoutMs = FIVE_MINUTES_MS): Approved | Promise<Approved> {
  try {
    const answer: unknown = onReview(decision)
    return isThenable(answer) ? inTime(answer, timeoutMs) : approved(answer)
  } catch (error) {
    return failed(error)
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function inTime(answer: PromiseLike<unknown>, timeoutMs: number): Promise<Approved> {
  return new Promise(done => {
    const timer = setTimeout(() => done('nobody answered in time'), Math.min(timeoutMs, LONGEST_TIMER_MS))
    const settle = (outcome: Approved) => {
      clearTimeout(timer)
      done(outcome)
    }
    // What is only like a promise may throw.
    Promise.resolve(answer).then(
      value => settle(approved(value)),
      (error: unknown) => settle(failed(error)),
    )
  })
}

function approved(answer: unknown): Approved {
  return answer === true ? true : 'it was not approved'
}

function failed(error: unknown): Approved {
  return `asking for approval failed: ${error instanceof Error ? error.message : 'unknown failure'}`
}
