/** No result depends on which passes ran: each alone, all, none and subsets drawn at random, with and without the indexes, beside the reference. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Policy } from '../../../compiler/ast.js'
import { lower } from '../../../compiler/lower/lower.js'
import { parsePolicy } from '../../../compiler/parse/parse-policy.js'
import { optimise, PASS_NAMES } from '../../../compiler/passes/optimise.js'
import type { PassName } from '../../../compiler/passes/pass.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import type { Decider } from '../../../runtime/decide/decider.js'
import { openDecider } from '../../../runtime/decide/open.js'
import type { Call } from '../../../runtime/decide/request.js'
import { call, callAbout } from '../../arbitrary/calls.js'
import { formulaPolicy } from '../../arbitrary/formulas.js'
import { policyFiles } from '../../arbitrary/policies.js'
import { decideReference } from '../../reference/decide-reference.js'

const RUNS = Math.ceil(Number(process.env['AGSEC_FUZZ_RUNS'] ?? 600) / 15)
const CALLS = 15

const SUBSETS: readonly (readonly PassName[])[] = [[], PASS_NAMES, ...PASS_NAMES.map(name => [name])]

interface Case {
  readonly files: readonly string[]
  readonly calls: readonly Call[]
  readonly drawn: readonly (readonly PassName[])[]
}

const cases: fc.Arbitrary<Case> = fc.oneof(policyFiles, formulaPolicy).chain(files => {
  const anyCall = fc.oneof({ weight: 3, arbitrary: callAbout(files) }, { weight: 1, arbitrary: call })
  return fc.record({
    files: fc.constant(files),
    calls: fc.array(anyCall, { minLength: CALLS, maxLength: CALLS }),
    drawn: fc.array(fc.subarray([...PASS_NAMES]), { minLength: 3, maxLength: 3 }),
  })
})

function policyOf(files: readonly string[]): Policy {
  const { policy, diagnostics } = parsePolicy(files.map((text, i) => ({ path: `${i}.yaml`, text })))
  if (policy === undefined) throw new Error(diagnostics.map(one => one.message).join('\n'))
  return policy
}

function expectSame(actual: unknown, expected: unknown, passes: readonly PassName[]): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, `with ${passes.join(', ')}`).toEqual(expected)
}

describe('the passes', () => {
  it('change no result, whichever of them run', () => {
    let compared = 0
    fc.assert(
      fc.property(cases, ({ files, calls, drawn }) => {
        const policy = policyOf(files)
        const { ir } = lower(policy, [])
        const deciders = [...SUBSETS, ...drawn].map(passes => ({ passes, decider: openDecider(encodeTable(optimise(ir, passes), '')) }))
        const [plain] = deciders
        for (const one of calls) {
          const expected = decideReference(policy, one)
          for (const { passes, decider } of deciders) {
            expectSame(bothWays(decider, one), [expected, expected], passes)
            expectSame(decider.explain(one), plain?.decider.explain(one), passes)
            compared++
          }
        }
      }),
      { numRuns: RUNS },
    )
    expect(compared).toBe(RUNS * CALLS * (SUBSETS.length + 3))
  })
})

function bothWays(decider: Decider, one: Call) {
  return [decider.decide(one), decider.decide(one, { noIndex: true })]
}
