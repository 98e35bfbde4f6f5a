import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PatternSource } from '../../../compiler/patterns/compile-pattern.js'
import { matcher, runs } from './support/matching.js'

/** Few characters, so that texts meet each other; on both sides of the surrogates, so that code points and UTF-16 units differ. */
const chars = fc.constantFrom('a', 'b', '\uffff', '😀', '\u{10ffff}', '\ud800', '\udc00', '\u0000')

/** A high surrogate before a low one is no text of two characters. */
const texts = fc.array(chars, { maxLength: 6 }).map(parts => parts.join('').replace(/\ud800\udc00/g, ''))

function compareByCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]].map(each => each.map(char => char.codePointAt(0) ?? 0))
  for (let at = 0; ; at++) {
    const [x = -1, y = -1] = [left?.[at], right?.[at]]
    if (x !== y) return x - y
    if (x === -1) return 0
  }
}

function within(parts: readonly string[], whole: readonly string[], at: number): boolean {
  return parts.every((part, offset) => whole[at + offset] === part)
}

function agrees(source: (value: string) => PatternSource, expected: (text: readonly string[], value: readonly string[]) => boolean): void {
  const property = fc.property(texts, texts, (value, text) => {
    expect(matcher(source(value))(text)).toBe(expected([...text], [...value]))
  })
  fc.assert(property, { numRuns: runs(1_500) })
}

describe('contains, starts_with, ends_with', () => {
  it('contains is a run of the same code points', () => {
    agrees(
      source => ({ kind: 'contains', source }),
      (text, value) => [...text, ''].some((_, at) => within(value, text, at)),
    )
  })

  it('prefix is at the start', () => {
    agrees(
      source => ({ kind: 'prefix', source }),
      (text, value) => within(value, text, 0),
    )
  })

  it('suffix is at the end', () => {
    agrees(
      source => ({ kind: 'suffix', source }),
      (text, value) => value.length <= text.length && within(value, text, text.length - value.length),
    )
  })

  it('takes every character literally', () => {
    expect(matcher({ kind: 'contains', source: '.*[a' })('x.*[ab')).toBe(true)
    expect(matcher({ kind: 'contains', source: '.*' })('xyz')).toBe(false)
  })
})

describe('order', () => {
  it('compares code points, not UTF-16 units', () => {
    const relations = fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const)
    const holds = { '<': (n: number) => n < 0, '<=': (n: number) => n <= 0, '>': (n: number) => n > 0, '>=': (n: number) => n >= 0 }
    const property = fc.property(relations, texts, texts, (relation, bound, text) => {
      expect(matcher({ kind: 'order', relation, source: bound })(text)).toBe(holds[relation](compareByCodePoint(text, bound)))
    })
    fc.assert(property, { numRuns: runs(3_000) })
  })

  it('puts U+FFFF before an emoji', () => {
    expect(matcher({ kind: 'order', relation: '<', source: '😀' })('\uffff')).toBe(true)
  })
})
