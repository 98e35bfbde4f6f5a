/** The reference's own pattern matching, against the engine's regexes, a recording of Python, and completions tried one by one. */
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AbstractString, type HoleKind } from '../../runtime/decide/abstract-string.js'
import { codePoints } from './char-set.js'
import { globPattern } from './glob.js'
import { matchCompletions } from './match-completions.js'
import { isIrregular, matchesIrregular } from './match-irregular.js'
import { matchesText } from './match-text.js'
import { orderPattern } from './order.js'
import { type Pattern, search } from './pattern.js'
import { parseRegex } from './regex-syntax.js'
import { fillingsOf } from '../support/fillings.js'

function found(source: string, text: string, dialect: 'python' | 'es'): boolean {
  return finder(source, dialect)(text)
}

function finder(source: string, dialect: 'python' | 'es'): (text: string) => boolean {
  const pattern = search(parseRegex(source, dialect))
  return isIrregular(pattern) ? text => matchesIrregular(pattern, codePoints(text), dialect) : text => matchesText(pattern, text)
}

interface Recording {
  readonly strings: readonly string[]
  /** A pattern and, in hexadecimal, one bit per string; `E` where Python rejects the pattern. */
  readonly cases: readonly (readonly [string, string])[]
}

describe('regexes', () => {
  it('find what ECMAScript finds', () => {
    const words = ['a', 'b', '.', '\\b', '\\B', '^', '$', '\\w', '\\s', '\\D', '[a-c]', '[^a]', '\\n', 'é', '\\u0061', '[\\w-]', '\\p{L}']
    const atom = fc.constantFrom(...words, '(?=a)', '(?!b)', '(?<=a)', '(?<!.b)', '(a|b)', '(?:ab|)', '(?=a|(?!b))')
    const counted = fc.tuple(
      fc.constantFrom('a', '.', '(?:a|bc)', '[^b]', '(?:\\b|a)'),
      fc.constantFrom('*', '+?', '?', '{2}', '{0,1}', '{1,}'),
    )
    const piece = fc.oneof(
      atom,
      counted.map(pair => pair.join('')),
      fc.constant('|'),
    )
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '\n', ' ', 'é', '1', '\u2028', '😀', '-', '\ud800'), { maxLength: 6 })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), text, (pieces, chars) => {
        const source = pieces.join('')
        // V8 finds \\B in the middle of a surrogate pair, where the standard has no position.
        fc.pre(!(source.includes('\\B') && chars.includes('😀')))
        expect(found(source, chars.join(''), 'es')).toBe(new RegExp(source, 'u').test(chars.join('')))
      }),
      { numRuns: 5_000 },
    )
  })

  it('find what Python found when it was recorded', () => {
    const file = new URL('../compiler/patterns/recorded/python.json', import.meta.url)
    const recording: Recording = JSON.parse(readFileSync(file, 'utf8'))
    const accepted = recording.cases.filter(([, bits]) => bits !== 'E')
    expect(accepted.length).toBeGreaterThan(2_000)
    const wrong = accepted.filter(([source, bits]) => bitsOf(source, recording.strings) !== bits)
    expect(wrong).toEqual([])
  })
})

describe('patterns that are not regular', () => {
  it('match what Python matched when it was recorded', () => {
    const file = new URL('../compiler/patterns/recorded/irregular.json', import.meta.url)
    const recording: Recording = JSON.parse(readFileSync(file, 'utf8'))
    const accepted = recording.cases.filter(([, bits]) => bits !== 'E')
    // The written ones, and some of the drawn.
    const tried = accepted.filter((_, at) => at < 200 || at % 4 === 0)
    expect(tried.length).toBeGreaterThan(600)
    expect(tried.filter(([source, bits]) => bitsOf(source, recording.strings) !== bits)).toEqual([])
  })

  it('match what the engine matches', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '[ab]',
      '(a)',
      '(b|a)',
      '(a*)',
      '(a?)*',
      '(?:(a)|b)*',
      '\\1',
      '\\1+',
      '(?=(a+))',
      '(?<=(a)b)',
      '(?<=\\1(b))',
      '|',
      '$',
    )
    const text = fc.array(fc.constantFrom('a', 'b', 'B'), { maxLength: 6 }).map(chars => chars.join(''))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), text, (pieces, subject) => {
        const source = `(${pieces.join('')})\\1`
        expect(found(source, subject, 'es')).toBe(new RegExp(source, 'u').test(subject))
      }),
      { numRuns: 3_000 },
    )
  })
})

function bitsOf(source: string, strings: readonly string[]): string {
  const find = finder(source, 'python')
  const bits = strings.map((text, at) => (find(text) ? 1n << BigInt(at) : 0n))
  return bits.reduce((a, b) => a | b, 0n).toString(16)
}

const FILLINGS = fillingsOf(['a', 'b', '/', ' ', '\n', 'é', '😀'])

describe('strings known only in part', () => {
  const pieces = fc.constantFrom(
    'a',
    'b',
    '/',
    '\\n',
    'é',
    '.',
    '[ab]',
    '[^a]',
    '\\b',
    '\\B',
    '\\w',
    'a*',
    '(?:ab)?',
    '.*',
    '^',
    '$',
    '\\Z',
    '\\S',
  )
  const pattern: fc.Arbitrary<Pattern> = fc.oneof(
    { weight: 3, arbitrary: fc.array(pieces, { maxLength: 3 }).map(parts => search(parseRegex(parts.join(''), 'python'))) },
    { weight: 1, arbitrary: fc.constantFrom('a*', '*a', '?', 'a?b', '[ab]*', '[!a]', '*/*', '*é').map(globPattern) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('<', '<=', '>', '>='), fc.constantFrom('', 'a', 'ab', 'b/', 'é'))
        .map(([relation, text]) => orderPattern(relation, text)),
    },
  )

  it('have the value that their completions have', () => {
    const seen = { true: 0, false: 0, unknown: 0 }
    const around = fc.constantFrom('', 'a', '/b', '\n', 'b')
    const hole = fc.constantFrom('any', 'below', 'segment', 'char', 'visible')
    fc.assert(
      fc.property(pattern, around, hole, around, (matched, before, kind, after) => {
        const partly = matchCompletions(matched, abstract(before, kind, after))
        // Four characters are enough to reach every state of these patterns.
        const values = new Set(FILLINGS[kind].map(text => matchesText(matched, before + text + after)))
        seen[partly]++
        expect(partly).toBe(values.size === 2 ? 'unknown' : String([...values][0]))
      }),
      { numRuns: 500 },
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10)
  })

  it('refuse what looks ahead', () => {
    expect(() => matchCompletions(parseRegex('a(?=b)', 'python'), abstract('a', 'any', ''))).toThrow('look ahead')
  })
})

function abstract(before: string, hole: HoleKind, after: string): AbstractString {
  const string = AbstractString.of([before, { hole }, after])
  if (typeof string === 'string') throw new Error('a string with a hole is not known')
  return string
}
