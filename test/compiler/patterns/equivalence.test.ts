import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Automaton } from '../../../compiler/patterns/automaton.js'
import { compilePattern } from '../../../compiler/patterns/compile-pattern.js'
import { equivalent } from '../../../compiler/patterns/equivalence.js'
import { accepts, compiled, runs } from './support/matching.js'
import { commonGrammar, regexes } from './support/regexes.js'

function python(source: string): Automaton {
  return compiled({ kind: 'regex', source, dialect: 'python' })
}

describe('equivalence', () => {
  it.each([
    ['\\brm\\s', '(?<!\\w)rm(?=\\s)'],
    ['(a|b)*abb', '(?:a*b*)*abb'],
    ['x*', ''],
    ['^(?!.*b)a', '^a[^b\\n]*(?:\\n|$|\\Z)'],
    ['(?!a)[ab]', 'b'],
    ['a(?=b)b', 'ab'],
    ['\\ud83d\\ude00', '[^\\s\\S]'],
  ])('%s means the same as %s', (a, b) => {
    expect(equivalent(python(a), python(b))).toBe(true)
  })

  it.each([
    ['\\brm\\s', 'rm ', 'rm\t'],
    ['a$', 'a\\Z', 'a\n'],
    ['a.b', 'a[^b]b', 'abb'],
    ['a', '(?i)a', 'A'],
    ['\\d', '[0-9]', '٠'],
  ])('%s and %s differ on %j', (a, b, witness) => {
    expect(equivalent(python(a), python(b))).toEqual({ witness })
  })

  it('gives a witness for every mutant that differs, and none for others', () => {
    const property = fc.property(regexes(commonGrammar), fc.nat(), fc.nat(), (source, where, what) => {
      const result = compilePattern({ kind: 'regex', source, dialect: 'es' })
      fc.pre(result.ok)
      const mutant = broken(result.automaton, where, what)
      const difference = equivalent(result.automaton, mutant)
      // The automaton is minimal and all of it can be reached, so any one changed transition or verdict is a difference.
      if (difference === true) throw new Error(`no difference found in ${source}`)
      expect(accepts(result.automaton, difference.witness)).toBe(!accepts(mutant, difference.witness))
    })
    fc.assert(property, { numRuns: runs(1_000) })
  })
})

/** The automaton with one transition led elsewhere, or one verdict turned round. */
function broken(automaton: Automaton, where: number, what: number): Automaton {
  const transitions = automaton.transitions.slice()
  const accepting = automaton.accepting.slice()
  const at = where % transitions.length
  const state = where % automaton.stateCount
  const elsewhere = what % automaton.stateCount
  if (transitions[at] === elsewhere) accepting[state] = 1 - (accepting[state] ?? 0)
  else transitions[at] = elsewhere
  return { ...automaton, transitions, accepting }
}
