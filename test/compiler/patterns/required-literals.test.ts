import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern, type PatternSource } from '../../../compiler/patterns/compile-pattern.js'
import { type LiteralSet, requiredLiterals } from '../../../compiler/patterns/required-literals.js'
import { runs, verdicts } from './support/matching.js'
import { commonGrammar, regexes } from './support/regexes.js'

function ofRegex(source: string): readonly LiteralSet[] {
  return requiredLiterals({ kind: 'regex', source, dialect: 'python' })
}

describe('required literals', () => {
  it.each([
    ['\\brm\\s', [['rm']]],
    ['git\\s+push.*--force', [['git'], ['push'], ['--force']]],
    ['(curl|wget)\\b.*\\|\\s*(ba|z)?sh', [['curl', 'wget'], ['|'], ['bash', 'sh', 'zsh']]],
    ['git.*(drop|delete)-x', [['git'], ['delete-x', 'drop-x']]],
    ['(?i)rm\\s', [['RM', 'Rm', 'rM', 'rm']]],
    ['x{3,}', [['xxx']]],
    ['a[0-9]+bcd|xyz', [['bcd', 'xyz']]],
    ['(?=foo)bar', [['bar']]],
    ['(ab)?c', [['abc', 'c']]],
    ['a.*a.*a', [['a']]],
    ['git.*git-x', [['git-x']]],
    ['a?b.*b', [['ab', 'b']]],
    ['(a|b).*(ax|bx)', [['ax', 'bx']]],
    ['a.*b.*c.*d.*e.*f.*g.*h.*i.*j', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g'], ['h']]],
    ['\\w+', []],
    ['a|', []],
    ['.*', []],
    ['(unclosed', []],
  ])('of %s: %j', (source, expected) => {
    expect(ofRegex(source)).toEqual(expected)
  })

  it.each<[PatternSource, readonly LiteralSet[]]>([
    [{ kind: 'path', source: '/**/.env', ignoreCase: false }, [['/.env']]],
    [{ kind: 'path', source: '/**/*.pem', ignoreCase: false }, [['/'], ['.pem']]],
    [{ kind: 'glob', source: '*.slack.*' }, [['.slack.']]],
    [{ kind: 'contains', source: 'x y' }, [['x y']]],
    [{ kind: 'contains', source: '' }, []],
    [{ kind: 'prefix', source: 'git ' }, [['git ']]],
    [{ kind: 'within', source: '/etc', ignoreCase: false }, [['/etc']]],
    [{ kind: 'within', source: '', ignoreCase: false }, []],
    [{ kind: 'order', relation: '<', source: 'abc' }, []],
  ])('of %j: %j', (source, expected) => {
    expect(requiredLiterals(source)).toEqual(expected)
  })

  it('are in every string that matches', () => {
    const property = fc.property(regexes(commonGrammar), fc.boolean(), (body, ignoreCase) => {
      const source: PatternSource = { kind: 'regex', source: ignoreCase ? `(?i:${body})` : body, dialect: 'es' }
      const result = compilePattern(source)
      const literals = requiredLiterals(source)
      fc.pre(result.ok && literals.length > 0)
      expect(literals.flat()).not.toContain('')
      for (const [text, matched] of verdicts(result.automaton, ['a', 'b', 'B', '-', '\n', 'é'], 4)) {
        if (matched)
          expect(
            literals.every(set => set.some(literal => text.includes(literal))),
            JSON.stringify([text, literals]),
          ).toBe(true)
      }
    })
    fc.assert(property, { numRuns: runs(600) })
  })
})
