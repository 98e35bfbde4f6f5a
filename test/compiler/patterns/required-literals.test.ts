import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern, type PatternSource } from '../../../compiler/patterns/compile-pattern.js'
import { requiredLiterals } from '../../../compiler/patterns/required-literals.js'
import { runs, verdicts } from './support/matching.js'
import { commonGrammar, regexes } from './support/regexes.js'

function ofRegex(source: string): readonly string[] | undefined {
  return requiredLiterals({ kind: 'regex', source, dialect: 'python' })
}

describe('required literals', () => {
  it.each([
    ['\\brm\\s', ['rm']],
    ['git\\s+push.*--force', ['--force']],
    ['(curl|wget)\\b.*\\|\\s*(ba|z)?sh', ['curl', 'wget']],
    ['(?i)rm\\s', ['RM', 'Rm', 'rM', 'rm']],
    ['x{3,}', ['xxx']],
    ['a[0-9]+bcd|xyz', ['bcd', 'xyz']],
    ['(?=foo)bar', ['bar']],
    ['(ab)?c', ['abc', 'c']],
    ['\\w+', undefined],
    ['a|', undefined],
    ['.*', undefined],
    ['(unclosed', undefined],
  ])('of %s: %j', (source, expected) => {
    expect(ofRegex(source)).toEqual(expected)
  })

  it.each<[PatternSource, readonly string[] | undefined]>([
    [{ kind: 'path', source: '/**/.env', ignoreCase: false }, ['/.env']],
    [{ kind: 'path', source: '/**/*.pem', ignoreCase: false }, ['.pem']],
    [{ kind: 'glob', source: '*.slack.*' }, ['.slack.']],
    [{ kind: 'contains', source: 'x y' }, ['x y']],
    [{ kind: 'contains', source: '' }, undefined],
    [{ kind: 'prefix', source: 'git ' }, ['git ']],
    [{ kind: 'within', source: '/etc', ignoreCase: false }, ['/etc']],
    [{ kind: 'within', source: '', ignoreCase: false }, undefined],
    [{ kind: 'order', relation: '<', source: 'abc' }, undefined],
  ])('of %j: %j', (source, expected) => {
    expect(requiredLiterals(source)).toEqual(expected)
  })

  it('are in every string that matches', () => {
    const property = fc.property(regexes(commonGrammar), fc.boolean(), (body, ignoreCase) => {
      const source: PatternSource = { kind: 'regex', source: ignoreCase ? `(?i:${body})` : body, dialect: 'es' }
      const result = compilePattern(source)
      const literals = requiredLiterals(source)
      fc.pre(result.ok && literals !== undefined)
      expect(literals).not.toContain('')
      for (const [text, matched] of verdicts(result.automaton, ['a', 'b', 'B', '-', '\n', 'é'], 4)) {
        if (matched)
          expect(
            literals.some(literal => text.includes(literal)),
            JSON.stringify([text, literals]),
          ).toBe(true)
      }
    })
    fc.assert(property, { numRuns: runs(600) })
  })
})
