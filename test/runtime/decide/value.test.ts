import { describe, expect, it } from 'vitest'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import type { Request, Value } from '../../../runtime/decide/request.js'
import { asText, fieldValue, own } from '../../../runtime/decide/value.js'

const list = ['zero', 'one', null, ...Array.from({ length: 10 }, (_, i) => i), ['deep']]
const request: Request = {
  action: 'a',
  params: {
    l: list,
    m: { a: { b: 1 }, 'c.d': 2 },
    t: 'text',
    n: null,
    both: 'params',
    empty: '',
    no: false,
    zero: 0,
    part: AbstractString.of(['a', { hole: 'any' }]),
  },
  context: { both: 'context', only: 'here', params: { x: 'odd' } },
}

describe('a field', () => {
  it.each<[string, Value | undefined]>([
    ['params.m.a.b', 1],
    ['m.a.b', 1],
    ['params.m.c.d', undefined],
    ['params.t.length', undefined],
    ['params.t.0', undefined],
    ['params.part.parts', undefined],
    ['params.n', undefined],
    ['params.n.x', undefined],
    ['params.empty', ''],
    ['params.no', false],
    ['params.zero', 0],
    ['params.constructor', undefined],
    ['params.__proto__', undefined],
    ['params.l.length', undefined],
    ['both', 'params'],
    ['context.both', 'context'],
    ['only', 'here'],
    ['params.only', undefined],
    ['context.params.x', 'odd'],
    ['missing', undefined],
    ['params.l.0', 'zero'],
    ['params.l.1', 'one'],
    ['params.l.2', undefined],
    ['params.l.12', 9],
    ['params.l.13.0', 'deep'],
    ['params.l.14', undefined],
    ['params.l.00', undefined],
    ['params.l.01', undefined],
    ['params.l.-1', undefined],
    ['params.l.1e0', undefined],
    ['params.l.1.0', undefined],
    ['params.l. 1', undefined],
    ['params.l./', undefined],
    ['params.l.:', undefined],
    ['params.l.', undefined],
    ['params.l.0000000000000001', undefined],
    ['params.l.1000000000000000', undefined],
  ])('%s is %j', (key, expected) => {
    expect(fieldValue(request, key.split('.'))).toEqual(expected)
  })

  it('is the whole map where its key names that', () => {
    expect(fieldValue(request, ['params'])).toBe(request.params)
    expect(fieldValue(request, ['context'])).toBe(request.context)
  })
})

describe('a text', () => {
  const partly = AbstractString.of([{ hole: 'any' }])
  it.each<[Value, Value | undefined]>([
    ['a', 'a'],
    ['', ''],
    [5, '5'],
    [-0, '0'],
    [1e21, '1e+21'],
    [Number.NaN, 'null'],
    [Number.POSITIVE_INFINITY, 'null'],
    [true, 'true'],
    [false, 'false'],
    [null, undefined],
    [['a'], undefined],
    [{}, undefined],
    [partly, partly],
  ])('of %j is %j', (value, expected) => {
    expect(asText(value)).toBe(expected)
  })
})

describe('an own property', () => {
  it('is never null', () => {
    expect(own({ a: null }, 'a')).toBeUndefined()
    expect(own({ a: 0 }, 'a')).toBe(0)
    expect(own({}, 'toString')).toBeUndefined()
  })
})
