import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern, type PatternSource } from '../../../compiler/patterns/compile-pattern.js'
import { readLiteral } from '../../../compiler/patterns/literal.js'
import { type LiteralSet, requiredLiterals } from '../../../compiler/patterns/required-literals.js'
import { runs, verdicts } from './support/matching.js'
import { commonGrammar, type RegexGrammar, regexes } from './support/regexes.js'

function ofRegex(source: string): readonly LiteralSet[] {
  return shown(requiredLiterals({ kind: 'regex', source, dialect: 'python' }))
}

/** With `<` and `>` at their edges. */
function shown(sets: readonly LiteralSet[]): readonly LiteralSet[] {
  return sets.map(set => set.map(readLiteral).map(({ text, before, after }) => `${before ? '<' : ''}${text}${after ? '>' : ''}`))
}

/** Whether a text holds the literal with its edges. */
function holds(text: string, literal: string): boolean {
  const { text: inner, before, after } = readLiteral(literal)
  return new RegExp(`${before ? '(?<![0-9A-Za-z_])' : ''}${inner.replace(/[^\w\s]/g, '\\$&')}${after ? '(?![0-9A-Za-z_])' : ''}`).test(text)
}

/** Words whose letters have cases beyond ASCII, and everything that may stand beside them. */
const foldGrammar: RegexGrammar = {
  atoms: ['k', 'S', 'ks', '-', 'é', '\\w', '\\W', '\\s', '[k-]', '.'],
  groups: ['(@)'],
  assertions: ['\\b', '\\b', '\\B', '^', '$'],
  looks: ['(?=@)', '(?!@)', '(?<!@)'],
  quantifiers: ['*', '+', '?', '{2}'],
}

describe('required literals', () => {
  it.each([
    ['\\brm\\s', [['<rm>']]],
    ['git\\s+push.*--force', [['git>'], ['<push'], ['--force']]],
    ['(curl|wget)\\b.*\\|\\s*(ba|z)?sh', [['curl>', 'wget>'], ['|'], ['bash', 'sh', 'zsh']]],
    ['^rm\\b.*(^|\\W)-f(\\s|$)', [['<rm>'], ['<-f>']]],
    ['\\brm\\B', [['<rm']]],
    ['\\b(-a|b)\\b', [['-a>', '<b>']]],
    ['x?\\b-\\brm\\b-', [['-rm-', 'x-rm-']]],
    ['a(\\s+rm)+', [['a>'], ['<rm']]],
    ['(?<!\\w)rm(?![a-z])', [['<rm']]],
    ['(?<!é)rm(?!\\w)', [['rm>']]],
    ['\\brm(?=\\s)|su\\b', [['su>', '<rm>']]],
    ['(?m)^rm$', [['<rm>']]],
    ['a\\bb', []],
    ['\ue000rm\ue001', [['<rm>']]],
    ['git.*(drop|delete)-x', [['git'], ['delete-x', 'drop-x']]],
    ['(?i)rm\\s', [['RM>', 'Rm>', 'rM>', 'rm>']]],
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
    expect(shown(requiredLiterals(source))).toEqual(expected)
  })

  it.each([
    ['a body', 'es', commonGrammar, ['a', 'b', 'B', '-', '\n', 'é']],
    ['a body and its cases', 'es', foldGrammar, ['k', 'S', '\u212a', 'ſ', '-', '7']],
    ['a body and its cases', 'python', foldGrammar, ['k', 'S', '\u212a', 'ſ', '-', 'é']],
  ] as const)('of %s in %s are in every string that matches', (_, dialect, grammar, alphabet) => {
    let edges = 0
    const property = fc.property(regexes(grammar), fc.boolean(), (body, ignoreCase) => {
      const source: PatternSource = { kind: 'regex', source: ignoreCase ? `(?i:${body})` : body, dialect }
      const result = compilePattern(source)
      const literals = requiredLiterals(source)
      fc.pre(result.ok && literals.length > 0)
      expect(literals.flat().map(literal => readLiteral(literal).text)).not.toContain('')
      edges += literals.flat().filter(literal => readLiteral(literal).text !== literal).length
      for (const [text, matched] of verdicts(result.automaton, alphabet, 4)) {
        if (matched)
          expect(
            literals.every(set => set.some(literal => holds(text, literal))),
            JSON.stringify([text, shown(literals)]),
          ).toBe(true)
      }
    })
    fc.assert(property, { numRuns: runs(300) })
    expect(edges).toBeGreaterThan(20)
  })
})
