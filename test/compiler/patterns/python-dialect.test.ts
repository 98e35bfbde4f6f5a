import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../compiler/patterns/compile-pattern.js'
import { accepts, matcher } from './support/matching.js'

interface Recording {
  readonly strings: readonly string[]
  /** A pattern and, in hexadecimal, one bit per string; `E` where Python rejects the pattern. */
  readonly cases: readonly (readonly [string, string])[]
}

const recording: Recording = JSON.parse(readFileSync(new URL('recorded/python.json', import.meta.url), 'utf8'))

function python(source: string) {
  return compilePattern({ kind: 'regex', source, dialect: 'python' })
}

function found(source: string, text: string): boolean {
  return matcher({ kind: 'regex', source, dialect: 'python' })(text)
}

/** What we answer, in the form of the recording. */
function verdict(source: string): string {
  const result = python(source)
  if (!result.ok) return 'E'
  const bits = recording.strings.map((text, at) => (accepts(result.automaton, text) ? 1n << BigInt(at) : 0n))
  return bits.reduce((a, b) => a | b, 0n).toString(16)
}

describe('the Python dialect', () => {
  it('answers what Python answered when it was recorded', () => {
    expect(recording.cases.length).toBeGreaterThan(3_000)
    const wrong = recording.cases.filter(([source, expected]) => verdict(source) !== expected)
    expect(wrong).toEqual([])
  })

  it.each([
    ['curl.*sh', 'curl\r|sh', '`.` is everything but the newline'],
    ['\\.env$', '.env\n', '`$` also stands before a last newline'],
    ['^[]a]$', ']', 'a first `]` is a member'],
    ['(?i)kill', '\u212aill', 'the Kelvin sign is a k'],
    ['(?i)rmdır', 'RMDIR', 'the dotless i is an I'],
    ['\\w', '٣', '`\\w` knows all scripts'],
    ['^.$', '😀', 'a character is a code point'],
    ['^[\\ud800-\\udbff]$', '\ud800', 'an unpaired surrogate is a character'],
  ])('finds %j in %j: %s', (source, text) => {
    expect(found(source, text)).toBe(true)
  })

  it.each([
    ['\\.env\\Z', '.env\n', '`\\Z` is the very end'],
    ['\\B', '', 'the empty text has no place between characters'],
    ['(?a)\\w', 'é', 'ASCII only where asked for'],
    ['[\\ud800-\\udfff]', '😀', 'a pair is one character'],
  ])('does not find %j in %j: %s', (source, text) => {
    expect(found(source, text)).toBe(false)
  })
})

describe('errors of the Python dialect', () => {
  it.each([
    ['ab(cd', 2, 1, 'regex-syntax', 'is not closed'],
    ['ab)cd', 2, 1, 'regex-syntax', 'closes no group'],
    ['a[bc', 1, 1, 'regex-syntax', 'is not closed'],
    ['a|*', 2, 1, 'regex-syntax', 'nothing to repeat'],
    ['a{2}{3}', 4, 3, 'regex-syntax', 'follows a quantifier'],
    ['x{3,2}', 1, 5, 'regex-syntax', 'least count'],
    ['\\w\\q', 2, 2, 'regex-syntax', 'unknown escape `\\q`'],
    ['a\\', 1, 1, 'regex-syntax', 'cannot end with'],
    ['[z-a]', 1, 3, 'regex-syntax', 'wrong way round'],
    ['a(?i)b', 1, 4, 'regex-syntax', 'must stand at its start'],
    ['(?<=a*)b', 0, 7, 'regex-syntax', 'fixed length'],
    ['(?<n>a)', 0, 3, 'regex-syntax', 'unknown group'],
    ['😀(?P<n>a)(?P<n>b)', 10, 6, 'regex-syntax', 'two groups named `n`'],
    ['a\\N{DIGIT ONE}', 1, 13, 'regex-unsupported', 'by name'],
    ['(a)\\1', 3, 2, 'regex-not-regular', 'a backreference (`\\1`)'],
    ['(?P<q>a)(?P=q)', 8, 6, 'regex-not-regular', 'a backreference (`(?P=q)`)'],
    ['x(?>a)', 1, 3, 'regex-not-regular', 'an atomic group'],
    ['xa++', 2, 2, 'regex-not-regular', 'a possessive quantifier'],
    ['(a)?(?(1)b|c)', 4, 3, 'regex-not-regular', 'a conditional group'],
  ])('%j: at %i, %i long', (source, offset, length, code, words) => {
    const result = python(source)
    expect(result.ok ? 'accepted' : result.error).toMatchObject({ code, offset, length, message: expect.stringContaining(words) })
  })

  it('tells what to write instead of what is not regular', () => {
    for (const source of ['(["\']).*?\\1', '(?>a)', 'a++', '(a)?(?(1)b|c)', '\\N{EM DASH}', '\\z', '\\p{L}', '(?<n>a)']) {
      const result = python(source)
      expect(result.ok ? undefined : result.error.help, source).toMatch(/\w/)
    }
  })
})
