/** The protection's own examples, rewritten by the techniques of `agsec fuzz`: as many as a test has time for, the same ones each time. */
import { expect, it } from 'vitest'
import { callOf } from '../../../cli/calls.js'
import { attack } from '../../../cli/fuzz/attack.js'
import { requestOf, seedsOf } from '../../../cli/fuzz/seeds.js'
import { inlineTests, TEST_FACTS } from '../../../cli/policy-tests/policy-test.js'
import { compile } from '../../../compiler/compile.js'
import { loadProtection } from '../../../compiler/protection/protection.js'
import { openDecider } from '../../../runtime/decide/open.js'

const REWRITES = 2500

it('holds for rewritten commands', { timeout: 120_000 }, async () => {
  const { table, policy } = compile([{ path: 'all.yaml', text: 'default: allow' }], { emit: false, verify: false })
  if (table === undefined || policy === undefined) throw new Error('a policy without statements does not compile')
  const decider = openDecider(table)
  const seeds = seedsOf(inlineTests({ ...policy, statements: loadProtection() }), call => decider.decide(call))
  expect(seeds.length).toBeGreaterThan(20)
  const getsThrough = ({ context }: (typeof seeds)[number], command: string) =>
    decider.decide(callOf({ kind: 'request', request: requestOf(command, context) }, TEST_FACTS)).decision === 'allow'
  const { survivors, rewrites, covered } = await attack(
    seeds,
    getsThrough,
    { minutes: Number.POSITIVE_INFINITY, rewrites: REWRITES, seed: 1 },
    () => undefined,
  )
  expect({ rewrites, covered: covered > 100 }).toEqual({ rewrites: REWRITES, covered: true })
  expect(survivors.map(({ seed, command }) => `${seed.sid}: ${seed.command}  →  ${command}`)).toEqual([])
})
