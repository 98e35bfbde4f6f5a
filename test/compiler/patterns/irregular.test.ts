/** Patterns that are not regular, run by backtracking: what Python answered, what the engine answers, and the limits. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMachine } from '../../../compiler/patterns/machine.js'
import { pythonLowerPairs } from '../../../compiler/patterns/reference-folding.js'
import { BacktrackingMachine, LONGEST_TEXT } from '../../../runtime/decide/run-backtracking.js'
import { runs } from './support/matching.js'
import { commonGrammar, regexes } from './support/regexes.js'

interface Recording {
  readonly strings: readonly string[]
  /** A pattern and, in hexadecimal, one bit per string; `E` where Python rejects the pattern. */
  readonly cases: readonly (readonly [string, string])[]
}

const recording: Recording = JSON.parse(readFileSync(new URL('recorded/irregular.json', import.meta.url), 'utf8'))

const [FALSE, UNKNOWN, TRUE] = [0, 1, 2]

/** 0: not found, 1: not known, 2: found. */
function finder(source: string, dialect: 'python' | 'es'): ((text: string) => number) | string {
  const machine = compileMachine({ kind: 'regex', source, dialect }, true)
  if ('code' in machine) return machine.code
  if (machine.kind !== 'backtracking') return machine.kind
  const running = new BacktrackingMachine(Uint32Array.from(machine.program))
  return text => running.test(text)
}

function found(source: string, text: string, dialect: 'python' | 'es' = 'python'): number {
  const find = finder(source, dialect)
  if (typeof find === 'string') throw new Error(`\`${source}\`: ${find}`)
  return find(text)
}

/** What we answer, in the form of the recording. */
function verdict(source: string): string {
  const find = finder(source, 'python')
  if (typeof find === 'string') return find.startsWith('regex-') ? 'E' : find
  const answers = recording.strings.map(find)
  if (answers.includes(UNKNOWN)) return 'unknown'
  return answers.reduce((bits, answer, at) => (answer === TRUE ? bits | (1n << BigInt(at)) : bits), 0n).toString(16)
}

describe('the Python dialect, by backtracking', () => {
  it('answers what Python answered when it was recorded', () => {
    const wrong = recording.cases.filter(([source, expected]) => verdict(source) !== expected)
    // Two of them are regular after all.
    expect(wrong.map(([source]) => source).sort()).toEqual(['(()|a)+b', '(a)\\01'])
    expect(recording.cases.filter(([, bits]) => bits !== 'E').length).toBeGreaterThan(2_000)
  })

  it.each([
    ['(?i)(.)\\1', 'σΣ', TRUE],
    ['(?i)(.)\\1', 'σς', FALSE],
    ['(?i)(.)\\1', 'k\u212a', TRUE],
    ['(?i)(.)\\1', 's\u017f', FALSE],
    ['(?ai)(.)\\1', 'k\u212a', FALSE],
    ['(.)\\1', '😀😀', TRUE],
    ['(.)\\1', '\ud83d\ud83d', TRUE],
    ['(?>a|ab)c', 'abc', FALSE],
    ['(?:a|ab)c', 'abc', 'automaton'],
  ])('%s in %j: %s', (source, text, expected) => {
    const find = finder(source, 'python')
    expect(typeof find === 'string' ? find : find(text)).toBe(expected)
  })

  it('lowers letters as the engine does, whose first character Python takes', () => {
    const lower = new Map(pythonLowerPairs())
    // The engine may know letters of a later Unicode, and one of an earlier one lacks some of ours.
    const known = /^[\p{L}\p{N}\p{S}\p{M}]$/u
    const wrong = []
    for (let point = 0; point <= 0x1e943; point++) {
      const char = String.fromCodePoint(point)
      if (known.test(char) && (lower.get(point) ?? point) !== char.toLowerCase().codePointAt(0) && !isNewer(point)) wrong.push(char)
    }
    expect(wrong).toEqual([])
    expect(lower.size).toBe(1433)
  })
})

/** Letters with case that Unicode got after 15.1. */
function isNewer(point: number): boolean {
  return (
    (point >= 0x10d50 && point <= 0x10d85) ||
    (point >= 0x16ea0 && point <= 0x16ed3) ||
    [0x1c89, 0xa7cb, 0xa7cc, 0xa7ce, 0xa7d2, 0xa7d4, 0xa7da, 0xa7dc].includes(point)
  )
}

const REFERRING = {
  ...commonGrammar,
  atoms: ['a', 'b', 'B', '.', '\\w', '[aB]', '[^a]', '\\1', '\\1', '\\2', '\\k<n>', 'ſ', 's'],
  groups: ['(@)', '(@)', '(?:@)'],
  quantifiers: ['*', '+', '?', '*?', '+?', '??', '{2}', '{0,2}', '{1,}?'],
}
const ALPHABET = ['a', 'b', 'B', 's', 'ſ']
const TEXTS = textsUpTo(4)

function textsUpTo(length: number): readonly string[] {
  const shorter = length === 0 ? [] : textsUpTo(length - 1)
  const last = shorter.filter(text => text.length === length - 1)
  return length === 0 ? [''] : [...shorter, ...last.flatMap(text => ALPHABET.map(char => text + char))]
}

describe('the ECMAScript dialect, by backtracking', () => {
  it('matches what the engine matches', () => {
    let checked = 0
    const shape = fc.constantFrom('(?<n>@)(@)', '^(?<n>@)(@)$', '^(?:(?<n>@)|(@))*\\1$', '^(?:(?<n>@)|(@))*?\\2a')
    const property = fc.property(
      regexes(REFERRING),
      regexes(REFERRING),
      shape,
      fc.constantFrom('', 'i'),
      (first, second, around, flags) => {
        const source = around.replace('@', () => first).replace('@', () => second)
        const find = finder(flags === '' ? source : `(?${flags}:${source})`, 'es')
        fc.pre(typeof find !== 'string')
        const engine = new RegExp(source, `u${flags}`)
        for (const text of TEXTS) {
          const answer = find(text)
          if (answer === UNKNOWN) continue
          checked++
          if ((answer === TRUE) !== engine.test(text))
            expect([source, flags, text, answer]).toEqual([source, flags, text, engine.test(text)])
        }
      },
    )
    fc.assert(property, { numRuns: runs(150) })
    expect(checked).toBeGreaterThan(100 * runs(150))
  })

  it.each([
    ['\\1(a)', 'a', TRUE],
    ['(a\\1)', 'a', TRUE],
    ['^(?:(a)|b)*\\1$', 'ab', TRUE],
    ['^(?:(a)|b)*\\1$', 'aba', FALSE],
    ['(?<=\\1(a))b', 'aab', TRUE],
    ['(?<=\\1(a))b', 'ab', FALSE],
    ['(?i:(ſ)\\1)', 'ſs', TRUE],
    ['(?<q>["\']).*?\\k<q>', '"it\'s"', TRUE],
  ])('%s in %j: %s', (source, text, expected) => {
    expect(found(source, text, 'es')).toBe(expected)
  })

  it.each([
    ['(a)\\2', 3, 'there is no group'],
    ['\\k<n>(a)', 0, 'there is no group'],
    ['(?<n>a)\\k', 7, '`\\k<name>`'],
    ['(a)(?>b)\\1', 3, 'no atomic groups'],
    ['(a)\\1++', 5, 'no possessive'],
  ])('%s is an error at %i', (source, offset, words) => {
    expect(compileMachine({ kind: 'regex', source, dialect: 'es' }, true)).toMatchObject({
      code: 'regex-syntax',
      offset,
      message: expect.stringContaining(words),
    })
  })
})

describe('what backtracking may cost', () => {
  it('is known up to a length', () => {
    const text = `${'b'.repeat(LONGEST_TEXT - 2)}aa`
    expect(found('(a)\\1', text)).toBe(TRUE)
    expect(found('(a)\\1', `b${text}`)).toBe(UNKNOWN)
    expect(found('(a)\\1', 'b'.repeat(LONGEST_TEXT))).toBe(FALSE)
  })

  it.each([
    ['(?:a|a)*(b)\\1', 'a'.repeat(60)],
    ['^(?:(a+)+)+\\1c', 'a'.repeat(60)],
    ['(?:(?=(a*))a?)*\\1b', 'a'.repeat(4_000)],
    ['(.*)(.*)(.*)\\3\\2\\1x', 'ab'.repeat(2_000)],
    [`${'(a?)'.repeat(300)}(?:a|a)*\\1c`, 'a'.repeat(600)],
  ])('%s gives up on a text made for it', (source, text) => {
    const find = finder(source, 'python')
    if (typeof find === 'string') throw new Error(find)
    const start = performance.now()
    expect(find(text)).toBe(UNKNOWN)
    // Some ten milliseconds on a quiet machine.
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it('is too much for a program beyond the limit on parts', () => {
    for (const source of ['((a{1,100}){1,100}){1,10}\\1', '(a)\\1{4294967290}', '(?:(a){0}){4294967290}\\1'])
      expect(finder(source, 'python')).toBe('pattern-too-large')
  })
})
