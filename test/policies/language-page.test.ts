import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inlineTests } from '../../cli/policy-tests/policy-test.js'
import { runTests } from '../../cli/policy-tests/run-tests.js'
import { compile } from '../../compiler/compile.js'
import { operatorNames } from '../../compiler/parse/operators.js'
import { openDecider } from '../../runtime/decide/open.js'

const PAGE = readFileSync(new URL('../../docs/language.md', import.meta.url), 'utf8')
const POLICIES = [...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text ?? '')

describe('the language page', () => {
  it('holds policies', () => {
    expect(POLICIES.length).toBeGreaterThan(4)
  })

  it.each(POLICIES)('shows policies that compile and mean what they say (%#)', text => {
    const { policy, table, diagnostics } = compile([{ path: 'page.yaml', text }], { emit: false, protection: [] })
    const announced = text.includes('backtracking: allowed') ? ['backtracking-risk', 'pattern-not-proved'] : []
    expect(diagnostics.map(({ code }) => code)).toEqual(announced)
    if (policy === undefined || table === undefined) throw new Error('unreachable: there was no error')
    const decider = openDecider(table)
    const outcomes = runTests(inlineTests(policy), call => decider.decide(call))
    expect(outcomes.length).toBeGreaterThan(0)
    expect(outcomes.flatMap(({ test, failure }) => (failure === undefined ? [] : [`${test.name}: ${failure}`]))).toEqual([])
  })

  it('names every operator that the compiler knows', () => {
    const table = PAGE.slice(PAGE.indexOf('## 5.'), PAGE.indexOf('**Equality.**'))
    expect(operatorNames.filter(name => !table.includes(`\`${name}\``) && !isCoveredNegation(name, table))).toEqual([])
  })
})

/** `not_…` in a row stands for the negations of the operators before it. */
function isCoveredNegation(name: string, table: string): boolean {
  return ['not_starts_with', 'not_ends_with'].includes(name) && table.includes('`starts_with`, `ends_with`, `not_…`')
}
