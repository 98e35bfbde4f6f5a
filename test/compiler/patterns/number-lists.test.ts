import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NumberBuffer, NumberLists, NumberMarks, NumberPairs } from '../../../compiler/patterns/number-lists.js'

const small = fc.nat(5000)

function bufferOf(values: readonly number[]): NumberBuffer {
  const buffer = new NumberBuffer()
  for (const value of values) buffer.add(value)
  return buffer
}

describe('marks', () => {
  it('are taken once each, in ascending order, and forgotten', () => {
    fc.assert(
      fc.property(fc.array(fc.array(small)), rounds => {
        const marks = new NumberMarks()
        for (const round of rounds) {
          for (const value of round) marks.add(value)
          const { values, length } = marks.take()
          expect([...values.subarray(0, length)]).toEqual([...new Set(round)].sort((a, b) => a - b))
        }
      }),
    )
  })
})

describe('lists', () => {
  it('have one number where they are equal, in the order in which they are met', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(3), { maxLength: 4 }), { maxLength: 400 }), met => {
        const lists = new NumberLists()
        const expected = new Map<string, number>()
        for (const list of met) {
          const key = list.join()
          if (!expected.has(key)) expected.set(key, expected.size)
          const id = lists.idOf(bufferOf(list))
          expect(id).toBe(expected.get(key))
          expect(lists.at(id)).toEqual(list)
        }
      }),
    )
  })
})

describe('pairs', () => {
  it('keep the value that they were given first', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -1, max: 30 }), fc.nat(30), small), { maxLength: 1000 }), met => {
        const pairs = new NumberPairs()
        const expected = new Map<string, number>()
        for (const [a, b, value] of met) {
          const key = `${a},${b}`
          expect(pairs.valueOf(a, b, -1)).toBe(expected.get(key) ?? -1)
          if (!expected.has(key)) expected.set(key, value)
          expect(pairs.valueOf(a, b, value)).toBe(expected.get(key))
        }
      }),
    )
  })
})
