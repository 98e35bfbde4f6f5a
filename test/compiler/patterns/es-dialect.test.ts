import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../compiler/patterns/compile-pattern.js'
import { runs, verdicts } from './support/matching.js'
import { commonGrammar, regexes } from './support/regexes.js'

/** Word and other characters, both kinds of white space, line ends, beyond ASCII, beyond the BMP. */
const alphabet = ['a', 'B', '-', '\n', 'é', '😀']

/** The first short string on which the automaton and the engine's own RegExp differ. */
function firstDifference(source: string, flags: string): string | undefined {
  // The engine of the oldest supported version has no modifiers, so flags are given the one way there and the other way here.
  const result = compilePattern({ kind: 'regex', source: flags === '' ? source : `(?${flags}:${source})`, dialect: 'es' })
  if (!result.ok) return result.error.code === 'pattern-too-large' ? undefined : `rejected: ${result.error.message}`
  const found = engineSearch(source, flags)
  for (const [text, matched] of verdicts(result.automaton, alphabet, 4)) {
    if (found(text) !== matched) return JSON.stringify(text)
  }
  return undefined
}

/**
 * The engine's verdict. Searching, V8 also tries the middle of a surrogate pair, where the standard has it go on from code point to code
 * point (`\B` is then found in `a😀a`), so that such texts are tried at each of their positions.
 */
function engineSearch(source: string, flags: string): (text: string) => boolean {
  const search = new RegExp(source, `u${flags}`)
  const sticky = new RegExp(source, `uy${flags}`)
  return text => (text.includes('😀') ? positions(text).some(at => matchesAt(sticky, text, at)) : search.test(text))
}

function positions(text: string): readonly number[] {
  let at = 0
  return [0, ...[...text].map(char => (at += char.length))]
}

function matchesAt(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at
  return sticky.test(text)
}

describe('the ECMAScript dialect', () => {
  it('matches what the engine matches, over random regexes with nested look-around and all short strings', () => {
    const flags = fc.constantFrom('', '', 'i', 'm', 's', 'im', 'ims')
    const property = fc.property(regexes(commonGrammar), flags, (source, flag) => {
      expect(firstDifference(source, flag)).toBeUndefined()
    })
    fc.assert(property, { numRuns: runs(1_500) })
  })

  it('accepts what the engine accepts', () => {
    const tokens = fc.constantFrom(...syntaxTokens)
    const property = fc.property(
      fc.array(tokens, { maxLength: 7 }).map(parts => parts.join('')),
      source => {
        fc.pre(!isBeyondEveryEngine(source))
        const result = compilePattern({ kind: 'regex', source, dialect: 'es' })
        if (!result.ok && !result.error.code.endsWith('-syntax')) return
        expect([source, result.ok]).toEqual([source, engineAccepts(source)])
      },
    )
    fc.assert(property, { numRuns: runs(20_000) })
  })
})

/** Pieces that syntax errors are made of. */
const syntaxTokens = [
  String.raw`( ) [ ] { } * + ? | ^ $ . \ / - , : = ! < > 1 2 a b é 😀`,
  String.raw`(?: (?= (?! (?<= (?<! (?<n> (?<é> (?<1> {2} {2,1} {,2} {1,} [^ [a- \b \B \w \d \s`,
  String.raw`\x4 \x41 \u00 \u0041 \u{41} \u{110000} \ud83d \ude00 \cA \c1 \0 \a \- \_ \/ \t`,
  String.raw`\p{L} \p{Lu \P{Script=Greek} \p{sc=Grek} \p{scx=Latn} \p{Greek} \p{gc=Lu} \p{Any} \p{IDS} \p{} \p{=} \p{Script=}`,
  String.raw`\p{constructor} \p{Lowercase_Letter} \p{lu} \p{Script_Extensions=Greek} \p{InGreek} \p{digit} \pL \p{^L} \p{L}\P{L}`,
].flatMap(line => line.split(' '))

/** Modifiers, and one name for two groups, are newer than some of the engines that this runs on. */
function isBeyondEveryEngine(source: string): boolean {
  return /\(\?[-ims]/.test(source) || source.split('(?<n>').length > 2 || source.split('(?<é>').length > 2
}

function engineAccepts(source: string): boolean {
  try {
    return new RegExp(source, 'u').test('') || true
  } catch {
    return false
  }
}
