import { expect, it } from 'vitest'
import { inlineTests } from '../../../cli/policy-tests/policy-test.js'
import { runTests } from '../../../cli/policy-tests/run-tests.js'
import { compile } from '../../../compiler/compile.js'
import { loadProtection, packStatements, parseProtection } from '../../../compiler/protection/protection.js'
import { sourceLine } from '../../../compiler/source.js'
import { openDecider } from '../../../runtime/decide/open.js'

it('decides its own examples before a policy that allows everything', () => {
  const { table, policy } = compile([{ path: 'all.yaml', text: 'default: allow' }], { emit: false })
  if (table === undefined || policy === undefined) throw new Error('a policy without statements does not compile')
  const decider = openDecider(table)
  const outcomes = runTests(inlineTests({ ...policy, statements: loadProtection() }), call => decider.decide(call))
  expect(outcomes.length).toBeGreaterThan(20)
  expect(outcomes.flatMap(({ test, failure }) => (failure === undefined ? [] : [`${test.name}: ${failure}`]))).toEqual([])
})

it('is built from its file, every statement at its line', () => {
  const [built, parsed] = [loadProtection(), parseProtection()]
  expect(packStatements(built)).toBe(packStatements(parsed))
  expect(built.map(({ span }) => sourceLine(span))).toEqual(parsed.map(({ span }) => sourceLine(span)))
})
