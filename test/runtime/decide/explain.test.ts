import { expect, it } from 'vitest'
import { encodeTable } from '../../../compiler/table/encode.js'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import { openDecider } from '../../../runtime/decide/open.js'
import type { ExpandedRequest, Value } from '../../../runtime/decide/request.js'
import { lowerForTest } from '../../support/lower-for-test.js'

const decider = openDecider(
  encodeTable(lowerForTest('statements: [{ sid: S, effect: deny, conditions: { x: { op: has, value: a } } }]'), ''),
)

it('shows what is known of each element of a list', () => {
  const operand = (x: Value) =>
    decider.explain([{ role: 'whole', request: { action: 'a', params: { x }, context: {} } }])[0]?.tests[0]?.operand
  expect(operand([AbstractString.of(['a', { hole: 'visible' }]), 1])).toBe('["a⟨name⟩",1]')
  expect(operand(5)).toBe('5')
  expect(operand(null)).toBe('missing')
})

it('says where in a call a part comes from', () => {
  const part: ExpandedRequest = { role: 'part', request: { action: 'a', params: { x: [] }, context: {} }, origin: { text: 't', via: [] } }
  expect(decider.explain([part])[0]).toMatchObject({ request: 'part', origin: { text: 't', via: [] } })
})
