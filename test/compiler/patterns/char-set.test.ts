import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CharSet,
  charRanges,
  complement,
  difference,
  hasChar,
  intersection,
  rangesOf,
  union,
} from '../../../compiler/patterns/char-set.js'
import { runs } from './support/matching.js'

/** Near both ends of all code points, where off-by-one errors live. */
const codePoints = [0, 1, 2, 3, 4, 5, 0x10fffb, 0x10fffc, 0x10fffd, 0x10fffe, 0x10ffff]
const place = fc.constantFrom(...codePoints)
const ranges = fc.array(
  fc.tuple(place, place).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  { maxLength: 4 },
)

function members(set: CharSet): readonly number[] {
  return codePoints.filter(codePoint => hasChar(set, codePoint))
}

function expectCanonical(set: CharSet): void {
  expect([...set]).toEqual([...new Set(set)].sort((a, b) => a - b))
  expect(set.every(flip => flip >= 0 && flip < 0x110000)).toBe(true)
}

describe('sets of code points', () => {
  it('hold what their ranges hold', () => {
    const property = fc.property(ranges, given => {
      const set = charRanges(given)
      expectCanonical(set)
      expect(members(set)).toEqual(codePoints.filter(each => given.some(([from, to]) => from <= each && each <= to)))
      expect(charRanges(rangesOf(set).map(({ from, to }) => [from, to] as const))).toEqual(set)
    })
    fc.assert(property, { numRuns: runs(1_000) })
  })

  it('obey the laws of sets', () => {
    const property = fc.property(ranges.map(charRanges), ranges.map(charRanges), (a, b) => {
      for (const set of [union(a, b), intersection(a, b), difference(a, b), complement(a)]) expectCanonical(set)
      expect(members(union(a, b))).toEqual(codePoints.filter(each => hasChar(a, each) || hasChar(b, each)))
      expect(intersection(a, b)).toEqual(complement(union(complement(a), complement(b))))
      expect(difference(a, b)).toEqual(intersection(a, complement(b)))
      expect(complement(complement(a))).toEqual(a)
    })
    fc.assert(property, { numRuns: runs(1_000) })
  })
})
