/** The proof's own machines against the reference's matching and the compiler's automata, and the proof against both. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern, parsePattern, type PatternSource } from '../../../compiler/patterns/compile-pattern.js'
import { equivalent } from '../../../compiler/patterns/equivalence.js'
import { orError } from '../../../compiler/patterns/pattern-error.js'
import { type ExpectedAutomaton, proveAutomata } from '../../../compiler/verify/automata.js'
import { matchesText } from '../../reference/match-text.js'
import { globPattern } from '../../reference/glob.js'
import { orderPattern } from '../../reference/order.js'
import { type Pattern, search } from '../../reference/pattern.js'
import { parseRegex } from '../../reference/regex-syntax.js'
import { compiled, runs } from '../patterns/support/matching.js'
import { commonGrammar, type RegexGrammar, regexes } from '../patterns/support/regexes.js'
import { machineVerdicts, tableOf } from './support/tables.js'

const ALPHABET = ['a', 'B', '-', '\n', 'é', '😀', '\ud800']

/** Little else than look-around in look-around. */
const lookGrammar: RegexGrammar = {
  ...commonGrammar,
  atoms: ['a', 'B', '.', '[^a]', '-'],
  assertions: ['\\b', '^', '$', '(?=a)', '(?<!B)'],
  looks: ['(?=@)', '(?!@)', '(?<=@)', '(?<!@)', '(?=a(?<!@))', '(?<=(?!@)a*)', '(?!.(?=@))'],
}

type RegexSource = Extract<PatternSource, { readonly kind: 'regex' }>

function regexSources(grammar: RegexGrammar): fc.Arbitrary<RegexSource> {
  // The dialects differ in these.
  const source = regexes(grammar).filter(text => !/\\p|\\P|\[\]|\[\^\]/.test(text))
  const any = fc.record({ kind: fc.constant('regex' as const), source, dialect: fc.constantFrom('python' as const, 'es' as const) })
  // Python wants look-behinds of one length.
  return any.filter(each => !('code' in orError(() => parsePattern(each))))
}

function referenceOf(source: PatternSource): Pattern {
  switch (source.kind) {
    case 'regex':
      return search(parseRegex(source.source, source.dialect))
    case 'glob':
      return globPattern(source.source)
    case 'order':
      return orderPattern(source.relation, source.source)
    default:
      throw new Error('the reference reads these as part of a path test')
  }
}

/** The first short text on which the machine and the reference differ. */
function firstDifference(source: PatternSource, longest: number): string | undefined {
  const reference = referenceOf(source)
  for (const [text, matched] of machineVerdicts(source, ALPHABET, longest)) {
    if (matchesText(reference, text) !== matched) return JSON.stringify(text)
  }
  return undefined
}

function verdict(table: PatternSource, expected: PatternSource) {
  const [only] = proveAutomata(tableOf([compiled(table)]), [{ source: expected, automaton: 0 }])
  return only
}

describe('the machine of a pattern', () => {
  it('matches what the reference matches, over random regexes and all short texts', () => {
    const property = fc.property(regexSources(commonGrammar), source => {
      expect(firstDifference(source, 3)).toBeUndefined()
    })
    fc.assert(property, { numRuns: runs(300) })
  })

  it('matches what the reference matches, look-around in look-around', () => {
    const property = fc.property(regexSources(lookGrammar), source => {
      expect(firstDifference(source, 3)).toBeUndefined()
    })
    fc.assert(property, { numRuns: runs(300) })
  })

  it('matches what the reference matches, over globs and orders', () => {
    const text = fc.array(fc.constantFrom(...ALPHABET, '*', '?', '[ab]', '[!a]'), { maxLength: 4 }).map(parts => parts.join(''))
    const relation = fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const)
    const source: fc.Arbitrary<PatternSource> = fc.oneof(
      fc.record({ kind: fc.constant('glob' as const), source: text }),
      fc.record({ kind: fc.constant('order' as const), relation, source: text }),
    )
    const property = fc.property(source, each => {
      expect(firstDifference(each, 3)).toBeUndefined()
    })
    fc.assert(property, { numRuns: runs(300) })
  })
})

describe('the proof', () => {
  it('finds every compiled pattern equal to its machine', () => {
    let walked = 0
    const property = fc.property(fc.oneof(regexSources(commonGrammar), regexSources(lookGrammar)), source => {
      const automaton = compilePattern(source)
      fc.pre(automaton.ok)
      const found = automaton.ok ? proveAutomata(tableOf([automaton.automaton]), [{ source, automaton: 0 }])[0] : undefined
      if (found?.kind === 'equal') walked += found.pairs
      expect(found?.kind === 'unproved' ? 'equal' : found?.kind).toBe('equal')
    })
    fc.assert(property, { numRuns: runs(600) })
    expect(walked).toBeGreaterThan(runs(600))
  })

  it('says of two patterns what their automata say, with a shortest witness', () => {
    const seen = { equal: 0, different: 0 }
    const property = fc.property(regexSources(lookGrammar), regexSources(lookGrammar), (a, b) => {
      const [left, right] = [compilePattern(a), compilePattern(b)]
      fc.pre(left.ok && right.ok)
      const found = verdict(a, b)
      if (!left.ok || !right.ok || found === undefined || found.kind === 'unproved' || found.kind === 'damaged') return
      seen[found.kind]++
      const known = equivalent(left.automaton, right.automaton)
      expect(found.kind).toBe(known === true ? 'equal' : 'different')
      if (found.kind !== 'different' || known === true) return
      expect([...found.witness].length).toBe([...known.witness].length)
      expect(matchesText(referenceOf(b), found.witness)).toBe(found.expected)
      expect(matchesText(referenceOf(a), found.witness)).toBe(!found.expected)
    })
    fc.assert(property, { numRuns: runs(200) })
    expect(Math.min(seen.equal, seen.different)).toBeGreaterThan(0)
  })

  it('says the same of an automaton that was proved before as of the pattern that it was proved of', () => {
    const seen = { equal: 0, different: 0 }
    const property = fc.property(regexSources(lookGrammar), regexSources(lookGrammar), (a, b) => {
      const [left, right] = [compilePattern(a), compilePattern(b)]
      fc.pre(left.ok && right.ok)
      if (!left.ok || !right.ok) return
      const table = tableOf([left.automaton])
      const [found] = proveAutomata(table, [{ source: b, automaton: 0 }])
      const [before] = proveAutomata(table, [{ source: b, automaton: 0 }], source => (source === b ? right.automaton : undefined))
      if (found?.kind === 'equal' || found?.kind === 'different') seen[found.kind]++
      if (found?.kind === 'different') {
        expect(before).toMatchObject({ kind: 'different', expected: found.expected })
        expect(before?.kind === 'different' ? before.witness.length : 0).toBe(found.witness.length)
      } else if (found?.kind === 'equal') expect(before?.kind).toBe('equal')
    })
    fc.assert(property, { numRuns: runs(200) })
    expect(Math.min(seen.equal, seen.different)).toBeGreaterThan(0)
  })

  it('tells apart too many neighbours for masks, and spells them out', () => {
    const chars = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ']
    const source = chars.map(char => `(?<![${char}])x`).join('|')
    expect(verdict({ kind: 'regex', source, dialect: 'es' }, { kind: 'regex', source, dialect: 'es' })?.kind).toBe('equal')
    const other = source.replace('(?<![J])x', '(?<![J])y')
    expect(verdict({ kind: 'regex', source, dialect: 'es' }, { kind: 'regex', source: other, dialect: 'es' })).toMatchObject({
      kind: 'different',
      witness: 'y',
    })
  })

  it('says of a pattern beyond its steps that it is not proved', () => {
    const source: PatternSource = { kind: 'regex', source: '(?:a?){20000}', dialect: 'es' }
    const expected: ExpectedAutomaton = { source, automaton: 0 }
    expect(proveAutomata(tableOf([compiled({ kind: 'contains', source: '' })]), [expected])).toEqual([{ kind: 'unproved' }])
  })
})
