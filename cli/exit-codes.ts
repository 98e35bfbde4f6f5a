import type { Decision } from '../runtime/decide/result.js'

/** Every exit status of the command line. Hooks follow their platform's contract instead. */
export const EXIT = {
  fine: 0,
  /** Diagnostics, failing policy tests, a stale bundle: the command worked and found something. */
  findings: 1,
  /** Wrong usage, configuration that cannot be read, or a bug in agsec. */
  trouble: 2,
  /** `check --exit-code` alone. */
  review: 3,
  deny: 4,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The status of `check --exit-code`. */
export function exitOfDecision(decision: Decision): ExitCode {
  return decision === 'allow' ? EXIT.fine : EXIT[decision]
}
