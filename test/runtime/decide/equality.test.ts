import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AbstractString, type Part } from '../../../runtime/decide/abstract-string.js'
import { couldBe, equals } from '../../../runtime/decide/equality.js'
import { FALSE, TRUE, UNKNOWN } from '../../../runtime/decide/kleene.js'

const any = { hole: 'any' } as const

describe('equality', () => {
  it.each([
    [1, 1, TRUE],
    [1, '1', FALSE],
    [true, 1, FALSE],
    [-0, 0, TRUE],
    [Number.NaN, 0, FALSE],
    [[1, 2], [1, 2], TRUE],
    [[1, 2], [2, 1], FALSE],
    [[1], [1, 1], FALSE],
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, TRUE],
    [{ a: 1 }, { a: 1, b: 2 }, FALSE],
    [{ a: 1 }, { b: 1 }, FALSE],
    [{}, [], FALSE],
    [[null], [null], TRUE],
    [{ __proto__x: 1 }, {}, FALSE],
  ])('%j and %j', (value, constant, expected) => {
    expect(equals(value, constant)).toBe(expected)
  })

  it('looks at own keys only', () => {
    expect(equals({}, JSON.parse('{"constructor": 1}'))).toBe(FALSE)
    expect(equals(JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 1}'))).toBe(TRUE)
  })

  it('is unknown where a string known in part could be the other one', () => {
    const partly = AbstractString.of(['a', any])
    expect(equals(partly, 'abc')).toBe(UNKNOWN)
    expect(equals(partly, 'xbc')).toBe(FALSE)
    expect(equals(partly, 1)).toBe(FALSE)
    expect(equals([partly, 1], ['a', 1])).toBe(UNKNOWN)
    expect(equals([partly, 2], ['a', 1])).toBe(FALSE)
  })
})

describe('what a string known in part could be', () => {
  const below = { hole: 'below' } as const
  const char = { hole: 'char' } as const
  const visible = { hole: 'visible' } as const
  it.each<[readonly Part[], string, boolean]>([
    [[char], '\uffff', true],
    [[char], '😀', true],
    [[char, 'x'], '\uffffx', true],
    [[any, 'b'], '\uffffb', true],
    [[char], 'ab', false],
    [[char, 'x'], '😀x', true],
    [['/', below], '//x', true],
    [['/', below], '/', true],
    [['/', below], '//', false],
    [[below], '/a/b', true],
    [[below], '/a//b', false],
    [['a', below, 'c'], 'a/bc', true],
    [[visible], '', false],
    [[visible], '.env', false],
    [['.', visible], '.env', true],
    [[visible, visible], 'a.', false],
    [[visible], '😀', true],
  ])('%j, %j: %j', (parts, text, expected) => {
    const value = AbstractString.of(parts)
    expect(value instanceof AbstractString && couldBe(value, text)).toBe(expected)
  })

  const languages = { any: '[^]*', below: '(?:/[^/]+)*', segment: '[^/]*', char: '[^/]', visible: '[^/.][^/]*' } as const
  const part = fc.oneof(
    fc.constantFrom<Part>('a', '/', 'b/', '😀', '.'),
    fc.constantFrom('any', 'below', 'segment', 'char', 'visible').map((hole): Part => ({ hole: hole })),
  )

  it('is what a regular expression of its parts matches', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.array(fc.constantFrom('a', '/', 'b', '😀', '.'), { maxLength: 6 }),
        (parts, chars) => {
          const value = AbstractString.of(parts)
          fc.pre(typeof value !== 'string')
          const source = parts.map(p => (typeof p === 'string' ? p.replace('.', '\\.') : languages[p.hole])).join('')
          expect(couldBe(value, chars.join(''))).toBe(new RegExp(`^${source}$`, 'u').test(chars.join('')))
        },
      ),
      { numRuns: 5000 },
    )
  })
})
