/** The runtime against what the reference said before: the fast half of the tests that mutants must not pass. */
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openDecider } from '../../runtime/decide/open.js'
import type { DecideOptions } from '../../runtime/decide/decider.js'
import type { Call } from '../../runtime/decide/request.js'
import type { Result } from '../../runtime/decide/result.js'
import { decode } from '../arbitrary/call-json.js'
import { readRecorded, type RecordedPolicy } from './recording.js'

const recorded = readRecorded()

function expectAsRecorded({ table, calls }: RecordedPolicy, results: readonly Result[], options: DecideOptions = {}): void {
  const decider = openDecider(Uint8Array.from(Buffer.from(table, 'base64')))
  const asked = decode(calls) as readonly Call[] // as they were written
  expect(asked.length).toBe(results.length)
  asked.forEach((call, i) => {
    for (const noIndex of [false, true]) {
      const decided = decider.decide(call, { ...options, noIndex })
      if (!isDeepStrictEqual(decided, results[i])) expect(decided).toStrictEqual(results[i])
    }
  })
}

const PARTS = 4

/** In parts, so that the first that fails ends the run of a mutant. */
function partsOf(policies: readonly RecordedPolicy[]): readonly (readonly [number, readonly RecordedPolicy[]])[] {
  return Array.from({ length: PARTS }, (_, part) => [part, policies.filter((_policy, i) => i % PARTS === part)] as const)
}

describe('as recorded', () => {
  it.each(partsOf(recorded.smallScope))('decides the small world, part %i', (_, policies) => {
    expect(policies.length).toBeGreaterThan(20)
    for (const policy of policies) expectAsRecorded(policy, policy.results)
  })

  it.each(partsOf(recorded.drawn))('decides drawn policies, part %i', (_, policies) => {
    expect(policies.length).toBeGreaterThan(20)
    for (const policy of policies) expectAsRecorded(policy, policy.results)
  })

  it('decides drawn layers, in the modes too where only some of them count', () => {
    expect(recorded.layered.length).toBeGreaterThan(20)
    for (const policy of recorded.layered) {
      expectAsRecorded(policy, policy.results)
      expectAsRecorded(policy, policy.protectedResults, { protectionOnly: true })
    }
  })
})
