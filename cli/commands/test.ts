import type { Command } from 'commander'
import { openDecider } from '../../runtime/decide/open.js'
import { compileOrReport, report } from '../compile-paths.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { findTestFiles, policyPathsOf } from '../policy-tests/find-test-files.js'
import { inlineTests } from '../policy-tests/policy-test.js'
import { neverDecisive, runTests, type TestOutcome, type UncoveredStatement } from '../policy-tests/run-tests.js'
import { readTestFiles } from '../policy-tests/read-test-file.js'
import { coverageText, failuresText, summaryText } from '../render/test-text.js'

interface TestFlags {
  readonly coverage?: boolean
  readonly json?: boolean
}

export function define(command: Command): void {
  examples(command, ['agsec test', 'agsec test policies --coverage', 'agsec test policies --json'])
  command
    .argument('[paths...]', 'files and folders of policies (default: ~/.agsec/policies)')
    .option('--coverage', 'list the statements that decided no test')
    .option('--json', 'outcomes as JSON')
  runs<TestFlags>(command, testPolicies)
}

function testPolicies(call: Invocation<TestFlags>): ExitCode {
  const paths = call.operands.length === 0 ? [call.home.policies] : call.operands
  const compiled = compileOrReport(call, policyPathsOf(paths), { emit: false, verify: false })
  const files = readTestFiles(findTestFiles(paths))
  report(call, files.diagnostics)
  if (compiled?.table === undefined || compiled.policy === undefined || files.diagnostics.length > 0) return EXIT.findings
  const decider = openDecider(compiled.table)
  const outcomes = runTests([...inlineTests(compiled.policy), ...files.tests], each => decider.decide(each))
  const uncovered = call.options.coverage === true ? neverDecisive(compiled.policy, outcomes) : undefined
  show(call, outcomes, uncovered, compiled.policy.statements.length)
  return outcomes.some(outcome => outcome.failure !== undefined) ? EXIT.findings : EXIT.fine
}

function show(
  call: Invocation<TestFlags>,
  outcomes: readonly TestOutcome[],
  uncovered: readonly UncoveredStatement[] | undefined,
  statements: number,
): void {
  if (call.options.json === true) {
    call.out(`${JSON.stringify({ tests: outcomes.map(plain), ...(uncovered === undefined ? {} : { neverDecisive: uncovered }) })}\n`)
    return
  }
  call.out(
    failuresText(
      outcomes.filter(outcome => outcome.failure !== undefined),
      call.colour,
    ),
  )
  call.out(summaryText(outcomes))
  if (uncovered !== undefined) call.out(coverageText(uncovered, statements, call.colour))
}

function plain({ test, result, failure }: TestOutcome): object {
  const found = result === undefined ? {} : { decision: result.decision, sid: result.sid }
  return {
    name: test.name,
    place: test.place,
    expect: test.expect,
    passed: failure === undefined,
    ...found,
    ...(failure === undefined ? {} : { failure }),
  }
}
