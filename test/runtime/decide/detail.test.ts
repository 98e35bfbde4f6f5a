/** What is not known of a call: whether that is all, and how it is told. */
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../compiler/parse/parse-policy.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import { openDecider } from '../../../runtime/decide/open.js'
import type { Call, ValueMap } from '../../../runtime/decide/request.js'
import { decideReference } from '../../reference/decide-reference.js'
import { lowerForTest } from '../../support/lower-for-test.js'

const anything = AbstractString.of([{ hole: 'any' }])
const begun = AbstractString.of(['a', { hole: 'any' }])

function decided(condition: string, params: ValueMap, real?: ValueMap) {
  const text = `default: allow\nstatements: [{ sid: S, effect: deny, actions: x, on_possible: review, on_unknown: ignore, conditions: ${condition} }]`
  const { policy } = parsePolicy([{ path: 'test.yaml', text }])
  if (policy === undefined) throw new Error('the policy has mistakes')
  const request = (of: ValueMap) => ({ action: 'x', params: of, context: {} })
  const call: Call = [{ role: 'whole', request: request(params), ...(real === undefined ? {} : { real: request(real) }) }]
  const result = openDecider(encodeTable(lowerForTest(text), '')).decide(call)
  expect(result).toEqual(decideReference(policy, call))
  return result
}

const IS_ABC = '{ p: { op: in, value: [abc] } }'
const HAS_ABC = '{ p: { op: has, value: abc } }'

describe('a match that is possible', () => {
  it.each<[string, string, ValueMap, 'review' | 'allow']>([
    ['nothing is known of the value', IS_ABC, { p: anything }, 'allow'],
    ['something is known of the value', IS_ABC, { p: begun }, 'review'],
    ['nothing is known of the only element', HAS_ABC, { p: [anything] }, 'allow'],
    ['nothing is known of one element, and all of the others', HAS_ABC, { p: ['z', anything] }, 'allow'],
    ['nothing is known of one element, and something of another', HAS_ABC, { p: [anything, begun] }, 'review'],
    ['something is known of the one element that could match', HAS_ABC, { p: [begun, 'z'] }, 'review'],
    [
      'of two tests both know nothing',
      '{ p: { op: in, value: [abc] }, q: { op: in, value: [abc] } }',
      { p: anything, q: anything },
      'allow',
    ],
    [
      'of two tests one knows something',
      '{ p: { op: in, value: [abc] }, q: { op: in, value: [abc] } }',
      { p: anything, q: begun },
      'review',
    ],
    [
      'a test that is settled knows something',
      '{ p: { op: in, value: [abc] }, q: { op: in, value: [abc] } }',
      { p: anything, q: 'abc' },
      'allow',
    ],
  ])('where %s', (_, condition, params, decision) => {
    expect(decided(condition, params).decision).toBe(decision)
  })

  it('is one that nothing is known of only where that holds of links resolved too', () => {
    expect(decided(IS_ABC, { p: anything }, { p: anything }).decision).toBe('allow')
    expect(decided(IS_ABC, { p: anything }, { p: begun }).decision).toBe('review')
    expect(decided(IS_ABC, { p: begun }, { p: anything }).decision).toBe('review')
    expect(decided(IS_ABC, { p: anything }, { p: 'z' }).decision).toBe('allow')
  })

  it('tells the test that is not known, and what of it is', () => {
    const both = '{ q: { op: in, value: [abc] }, p: { op: in, value: [abc] } }'
    expect(decided(both, { p: begun, q: 'abc' }).matched[0]?.detail).toMatch(/\bp\b.*: known only as `a⟨any⟩`$/)
    expect(decided(HAS_ABC, { p: [begun] }).matched[0]?.detail).toMatch(/: cannot be told from this value$/)
  })
})

describe('a match that is definite', () => {
  it('tells the test, as written where that matches, else with links resolved', () => {
    const either = '{ any: [{ p: { op: in, value: [abc] } }, { q: { op: in, value: [abc] } }] }'
    expect(decided(either, { p: 'abc', q: 'z' }, { p: 'z', q: 'abc' }).matched[0]?.detail).toMatch(/\bp\b/)
    expect(decided(either, { p: 'z', q: 'z' }, { p: 'z', q: 'abc' }).matched[0]?.detail).toMatch(/\bq\b/)
  })
})
