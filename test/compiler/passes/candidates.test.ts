/** No index leaves out a statement whose condition is other than false, whatever a field holds. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { optimise } from '../../../compiler/passes/optimise.js'
import type { PassName } from '../../../compiler/passes/pass.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { formulaValue } from '../../../runtime/decide/formula.js'
import { FALSE } from '../../../runtime/decide/kleene.js'
import { type OpenTable, openTable } from '../../../runtime/decide/open-table.js'
import type { Request, Value } from '../../../runtime/decide/request.js'
import { conditionOf } from '../../../runtime/decide/statement.js'
import { inMemory } from '../../../runtime/decide/table.js'
import { near } from '../../arbitrary/near.js'
import { TEXTS } from '../../arbitrary/policies.js'
import { lowerForTest } from '../../support/lower-for-test.js'

const RUNS = Math.ceil(Number(process.env['AGSEC_FUZZ_RUNS'] ?? 600) / 4)

const scalar = fc.oneof(fc.constantFrom(...TEXTS), fc.constantFrom(0, 1, 5, -1.5, 1e21, 0.1, 1e-7), fc.boolean())
const FIELDS = ['params.x', 'x', 'params.y', 'context.agent'] as const

const test = fc.tuple(
  fc.constantFrom(...FIELDS),
  fc.oneof(
    scalar.map(value => ({ op: '==', value })),
    fc.array(scalar, { minLength: 1, maxLength: 3 }).map(value => ({ op: 'in', value })),
    fc.constantFrom('rm', 'git', '.env').map(value => ({ op: 'contains', value })),
  ),
)
const statement = fc.record({
  effect: fc.constantFrom('allow', 'deny'),
  actions: fc.subarray(['a.b', 'a.*', 'c'], { minLength: 1 }),
  conditions: fc.array(test, { minLength: 1, maxLength: 2 }).map(tests => Object.fromEntries(tests)),
  match: fc.constantFrom('all', 'any'),
})

/** Values next to those that the policy looks for, and what no JSON has. */
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: scalar.chain(near) },
  { weight: 1, arbitrary: fc.constantFrom<Value>(Number.NaN, -0, Number.NEGATIVE_INFINITY, [], {}, 'null', '-0', '1e21', 'NaN') },
)
const request: fc.Arbitrary<Request> = fc.record({
  action: fc.constantFrom('a.b', 'a.c', 'c'),
  params: fc.record({ x: value, y: value }, { requiredKeys: [] }),
  context: fc.record({ agent: value }, { requiredKeys: [] }),
}) as fc.Arbitrary<Request> // maps of values

function live(policy: OpenTable, { action }: Request, written: OpenTable['written']): readonly number[] {
  return policy.index
    .allStatements()
    .filter(
      one => policy.index.covers(one, action) && formulaValue(conditionOf(policy.table, policy.statements.get(one)), written) !== FALSE,
    )
}

const subsets: readonly (readonly PassName[])[] = [
  ['index-actions', 'index-values'],
  ['index-actions', 'index-literals'],
  ['index-values', 'index-literals'],
  ['index-actions', 'index-values', 'index-literals'],
]

it('finds every statement that may apply', () => {
  let found = 0
  let spared = 0
  fc.assert(
    fc.property(
      fc.array(statement, { minLength: 4, maxLength: 30 }),
      fc.array(request, { minLength: 10, maxLength: 10 }),
      (statements, requests) => {
        const ir = lowerForTest(JSON.stringify({ statements }))
        const policies = subsets.map(passes => openTable(inMemory(encodeTable(optimise(ir, passes), ''))))
        for (const policy of policies)
          for (const one of requests) {
            const written = policy.written.begin(one)
            const { list, length } = policy.candidates.of(one.action, written, undefined)
            const candidates = Array.from(list).slice(0, length)
            const alive = live(policy, one, written)
            expect(candidates).toEqual(expect.arrayContaining([...alive]))
            found += alive.length
            spared += statements.length - candidates.length
          }
      },
    ),
    { numRuns: RUNS },
  )
  // Otherwise nothing was looked for, or nothing was left out.
  expect(found).toBeGreaterThan(10 * RUNS)
  expect(spared).toBeGreaterThan(found)
})

const BESIDE = [
  '',
  '\\b',
  '\\B',
  '^',
  '$',
  '\\s',
  '\\W',
  '\\w',
  '(^|/)',
  '(\\s|$)',
  '(?<!\\w)',
  '(?!\\w)',
  '(?<![a-z])',
  '(?=\\W)',
] as const
const shortWord = fc.tuple(
  fc.constantFrom('', '(?i)', '(?m)'),
  fc.constantFrom(...BESIDE),
  fc.constantFrom('rm', 'sk', '-k', 'k-', '(sk|rm)', 'r?sk'),
  fc.constantFrom(...BESIDE),
)
/** Letters of the words in all their cases, and what may stand beside them: letters of other scripts, edges of lines. */
const beside = fc.array(
  fc.constantFrom('rm', 'sk', 'SK', 'k', '\u017f', '\u212a', 'é', '\u0130', '_', '7', '-', ' ', '\n', '/', '😀', '\ud800'),
  {
    maxLength: 5,
  },
)

it.each(['es', 'python'])('finds every statement about a short word, whatever stands beside it, in %s', dialect => {
  let [found, spared] = [0, 0]
  const property = fc.property(fc.array(shortWord, { minLength: 1, maxLength: 8 }), fc.array(beside, { minLength: 20 }), (words, texts) => {
    const statements = words.map(([flags, before, word, after]) => {
      const body = before + word + after
      const value = dialect === 'es' && flags !== '' ? `${flags.replace(')', ':')}${body})` : flags + body
      return { effect: 'deny', actions: 'a.b', conditions: { 'params.x': { op: 'regex', value, dialect } } }
    })
    const policy = openTable(inMemory(encodeTable(optimise(lowerForTest(JSON.stringify({ statements }))), '')))
    for (const parts of texts) {
      const one = { action: 'a.b', params: { x: parts.join('') }, context: {} }
      const written = policy.written.begin(one)
      const { list, length } = policy.candidates.of(one.action, written, undefined)
      const candidates = Array.from(list).slice(0, length)
      const alive = live(policy, one, written)
      expect(candidates, JSON.stringify([one.params.x, words])).toEqual(expect.arrayContaining([...alive]))
      found += alive.length
      spared += statements.length - candidates.length
    }
  })
  fc.assert(property, { numRuns: RUNS })
  expect(found).toBeGreaterThan(RUNS)
  expect(spared).toBeGreaterThan(found)
})
