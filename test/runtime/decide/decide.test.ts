/** Calls that no adapter makes, and what of a call the default speaks about. */
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../compiler/parse/parse-policy.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { decideCall } from '../../../runtime/decide/decide.js'
import { openLayers } from '../../../runtime/decide/layers.js'
import { openDecider } from '../../../runtime/decide/open.js'
import type { Call, Request, Role } from '../../../runtime/decide/request.js'
import { inMemory } from '../../../runtime/decide/table.js'
import { decideReference } from '../../reference/decide-reference.js'
import { lowerForTest } from '../../support/lower-for-test.js'

function decidedBy(text: string, call: Call) {
  const { policy } = parsePolicy([{ path: 'test.yaml', text }])
  if (policy === undefined) throw new Error('the policy has mistakes')
  const result = openDecider(encodeTable(lowerForTest(text), '')).decide(call)
  expect(result).toEqual(decideReference(policy, call))
  return result
}

const request = (action: string): Request => ({ action, params: {}, context: {} })
const callOf = (...of: readonly (readonly [Role, string])[]): Call => of.map(([role, action]) => ({ role, request: request(action) }))

const POLICY = 'default: review\nstatements: [{ sid: A, effect: allow, actions: a }, { sid: D, effect: deny, actions: d }]'

describe('the default', () => {
  it.each<[string, Call, string, string | null]>([
    ['a call that asks nothing', [], 'review', null],
    ['effects alone', callOf(['effect', 'x']), 'review', null],
    ['a whole', callOf(['whole', 'x']), 'review', null],
    ['an allowed whole', callOf(['whole', 'a']), 'allow', 'A'],
    ['a part that is not allowed', callOf(['whole', 'a'], ['part', 'x']), 'review', null],
    ['an allowed part of a whole that is not', callOf(['whole', 'x'], ['part', 'a']), 'allow', 'A'],
    ['an allowed part beside one that is not', callOf(['whole', 'x'], ['part', 'a'], ['part', 'y']), 'review', null],
    ['an effect that is not allowed', callOf(['whole', 'a'], ['effect', 'x']), 'allow', 'A'],
    ['an effect that is denied', callOf(['whole', 'a'], ['effect', 'd']), 'deny', 'D'],
  ])('decides %s', (_, call, decision, sid) => {
    expect(decidedBy(POLICY, call)).toMatchObject({ decision, sid })
  })

  it('names the first request that was left to it', () => {
    const { reason } = decidedBy(POLICY, callOf(['whole', 'w'], ['part', 'a'], ['part', 'y'], ['part', 'z']))
    expect(reason).toBe('No statement applies to `y`; the default is review')
    expect(decidedBy(POLICY, []).reason).toBe('No statement applies to ``; the default is review')
  })

  it('of what only tightens lets nothing through, whatever is asked', () => {
    const file = inMemory(encodeTable(lowerForTest('default: allow\nstatements: [{ effect: deny, actions: d }]'), ''))
    const layers = openLayers(file).layers.map(layer => ({ ...layer, tightens: true as const }))
    for (const call of [[], callOf(['whole', 'x'])]) expect(decideCall(layers, call, {})).toMatchObject({ decision: 'deny', sid: null })
  })

  it('counts on effects where the policy says so', () => {
    expect(decidedBy(`effects: full\n${POLICY}`, callOf(['whole', 'a'], ['effect', 'x']))).toMatchObject({ decision: 'review', sid: null })
    expect(decidedBy(`effects: full\n${POLICY}`, callOf(['whole', 'a'], ['effect', 'a'])).matched).toHaveLength(2)
  })
})
