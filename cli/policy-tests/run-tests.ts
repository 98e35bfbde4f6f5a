import type { Policy } from '../../compiler/ast.js'
import { sourceLine } from '../../compiler/source.js'
import type { Call } from '../../runtime/decide/request.js'
import type { Result } from '../../runtime/decide/result.js'
import { RequestError } from '../asked.js'
import { callOf } from '../calls.js'
import { type PolicyTest, TEST_FACTS } from './policy-test.js'

export interface TestOutcome {
  readonly test: PolicyTest
  /** Absent where the question itself is wrong. */
  readonly result?: Result
  /** What is wrong; absent where the test passes. */
  readonly failure?: string
}

export function runTests(tests: readonly PolicyTest[], decide: (call: Call) => Result): readonly TestOutcome[] {
  return tests.map(test => runTest(test, decide))
}

function runTest(test: PolicyTest, decide: (call: Call) => Result): TestOutcome {
  try {
    const result = decide(callOf(test.asked, TEST_FACTS))
    const failure = failureOf(test, result)
    return failure === undefined ? { test, result } : { test, result, failure }
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    return { test, failure: error.message }
  }
}

function failureOf(test: PolicyTest, result: Result): string | undefined {
  if (result.decision !== test.expect) return `expected ${test.expect}, found ${result.decision}${decidedBy(result)}`
  if (test.sid !== undefined && test.sid !== result.sid)
    return `expected ${test.expect} by ${named(test.sid)}, found it${decidedBy(result)}`
  if (test.matches !== undefined && !result.matched.some(match => match.sid === test.matches)) {
    return `expected \`${test.matches}\` to apply, found ${result.decision}${decidedBy(result)}`
  }
  return undefined
}

function decidedBy({ sid, matched, certainty }: Result): string {
  if (sid === null) return ' by the default'
  const source = matched.find(match => match.sid === sid)?.source ?? ''
  return ` by \`${sid}\` (${source}${certainty === 'possible' ? ', possibly' : ''})`
}

function named(sid: string | null): string {
  return sid === null ? 'the default' : `\`${sid}\``
}

export interface UncoveredStatement {
  readonly sid: string
  readonly source: string
}

/** The statements that decided none of the tests. */
export function neverDecisive(policy: Policy, outcomes: readonly TestOutcome[]): readonly UncoveredStatement[] {
  const decisive = new Set(outcomes.map(outcome => outcome.result?.sid))
  return policy.statements.filter(({ sid }) => !decisive.has(sid)).map(({ sid, span }) => ({ sid, source: sourceLine(span) }))
}
