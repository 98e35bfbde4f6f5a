/** A condition means the same whichever way it is written: as a tree of tests, in groups, or as an expression of any legal form. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition, Policy } from '../../../compiler/ast.js'
import { lower } from '../../../compiler/lower/lower.js'
import { parsePolicy } from '../../../compiler/parse/parse-policy.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { callAbout } from '../../arbitrary/calls.js'
import { choices, expressionText, type Tree } from '../../arbitrary/expressions.js'
import { conditionTree } from '../../arbitrary/policies.js'
import { decideReference } from '../../reference/decide-reference.js'

const RUNS = Number(process.env['AGSEC_FUZZ_RUNS'] ?? 120)
const CALLS = 8

function policyOf(statements: readonly object[]): { readonly text: string; readonly policy: Policy } {
  const text = JSON.stringify({ statements })
  const { policy, diagnostics } = parsePolicy([{ path: 'p.yaml', text }])
  if (policy === undefined) throw new Error(`${text}\n${diagnostics.map(({ message }) => message).join('\n')}`)
  return { text, policy }
}

function testsOf(tree: Tree): readonly (Tree & { readonly kind: 'test' })[] {
  switch (tree.kind) {
    case 'test':
      return [tree]
    case 'not':
      return testsOf(tree.of)
    case 'all':
    case 'any':
      return tree.of.flatMap(testsOf)
  }
}

/** Every test read from `conditions`, put together by hand. */
function conditionOf(tree: Tree, tests: Iterator<Condition>): Condition {
  switch (tree.kind) {
    case 'test':
      return tests.next().value
    case 'not':
      return { kind: 'not', of: conditionOf(tree.of, tests) }
    case 'all':
    case 'any':
      return { kind: tree.kind, of: tree.of.map(each => conditionOf(each, tests)) }
  }
}

/** The same in groups of conditions. */
function groupsOf(tree: Tree): object {
  switch (tree.kind) {
    case 'test':
      return { [tree.field]: tree.condition }
    case 'not':
      return { not: groupsOf(tree.of) }
    case 'all':
    case 'any':
      return { [tree.kind]: tree.of.map(groupsOf) }
  }
}

/** A list of one is that one. */
function unwrapped(condition: Condition): Condition {
  switch (condition.kind) {
    case 'test':
      return condition
    case 'not':
      return { kind: 'not', of: unwrapped(condition.of) }
    case 'all':
    case 'any': {
      const of = condition.of.map(unwrapped)
      const [only] = of
      return only !== undefined && of.length === 1 ? only : { kind: condition.kind, of }
    }
  }
}

function withCondition(policy: Policy, change: (condition: Condition) => Condition): Policy {
  return { ...policy, statements: policy.statements.map(statement => ({ ...statement, condition: change(statement.condition) })) }
}

function eachTestAlone(tree: Tree) {
  return policyOf(testsOf(tree).map(({ field, condition }) => ({ effect: 'deny', conditions: { [field]: condition } })))
}

/** The policy whose condition was put together by hand, but for that the one with the expression. */
function byHand(tree: Tree, written: Policy): Policy {
  const tests = eachTestAlone(tree).policy.statements.map(({ condition }) => unwrapped(condition))
  const condition = conditionOf(tree, tests.values())
  return withCondition(written, () => condition)
}

describe('an expression', () => {
  it('compiles to what the tree of its tests compiles to, and decides like it', () => {
    const connectives = new Map<string, number>()
    const cases = conditionTree.chain(tree => {
      const calls = fc.array(callAbout([eachTestAlone(tree).text]), { minLength: CALLS, maxLength: CALLS })
      return fc.record({ tree: fc.constant(tree), choose: choices, calls })
    })
    fc.assert(
      fc.property(cases, ({ tree, choose, calls }) => {
        connectives.set(tree.kind, (connectives.get(tree.kind) ?? 0) + 1)
        const written = policyOf([{ sid: 'S', effect: 'deny', when: expressionText(tree, choose()) }]).policy
        const expected = byHand(tree, written)
        expect(lower(withCondition(written, unwrapped), [])).toEqual(lower(expected, []))
        const grouped = policyOf([{ sid: 'S', effect: 'deny', conditions: groupsOf(tree) }]).policy
        expect(lower(withCondition(grouped, unwrapped), [])).toEqual(lower(expected, []))
        const decider = openDecider(encodeTable(lower(written, []).ir, ''))
        for (const call of calls) expect(decider.decide(call)).toEqual(decideReference(expected, call))
      }),
      { numRuns: RUNS },
    )
    for (const kind of ['all', 'any', 'not', 'test']) expect(connectives.get(kind) ?? 0, kind).toBeGreaterThan(RUNS / 20)
  })

  it('holds besides the conditions, whatever `match` says', () => {
    const condition = (extra: object) => policyOf([{ effect: 'deny', ...extra, when: 'c == 3 or d == 4' }]).policy.statements[0]?.condition
    const either = { kind: 'any', of: [{ field: 'c' }, { field: 'd' }] }
    const conditions = { a: 1, b: 2 }
    expect(condition({ conditions })).toMatchObject({ kind: 'all', of: [{ field: 'a' }, { field: 'b' }, either] })
    expect(condition({ conditions, match: 'any' })).toMatchObject({
      kind: 'all',
      of: [{ kind: 'any', of: [{ field: 'a' }, { field: 'b' }] }, either],
    })
  })
})
