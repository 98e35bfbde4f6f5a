/** Outcomes of policy tests for people. */
import type { TestOutcome, UncoveredStatement } from '../policy-tests/run-tests.js'
import { columns } from './columns.js'
import type { Palette } from './palette.js'
import { counted } from './counted.js'

export function failuresText(failures: readonly TestOutcome[], colour: Palette): string {
  return failures.map(({ test, failure = '' }) => `${colour.deny('FAIL')}  ${test.place}  ${test.name}\n      ${failure}\n`).join('')
}

export function summaryText(outcomes: readonly TestOutcome[]): string {
  if (outcomes.length === 0) return 'no tests: write `tests:` into statements, or a `<name>.test.yaml` beside the policy\n'
  const failed = outcomes.filter(outcome => outcome.failure !== undefined).length
  return `${counted(outcomes.length, 'test')}: ${outcomes.length - failed} passed, ${failed} failed\n`
}

export function coverageText(uncovered: readonly UncoveredStatement[], statements: number, colour: Palette): string {
  const decisive = statements - uncovered.length
  const head = `${decisive} of ${counted(statements, 'statement')} decided a test\n`
  if (uncovered.length === 0) return head
  return `${head}never decisive:\n${columns(uncovered.map(({ sid, source }) => [`  ${sid}`, colour.dim(source)]))}`
}
