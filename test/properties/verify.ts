/** Automata proved equal to machines that are built another way, and broken ones told from them. */
import { ok } from 'node:assert/strict'
import fc from 'fast-check'
import type { Automaton } from '../../compiler/patterns/automaton.js'
import { compilePattern, type PatternSource } from '../../compiler/patterns/compile-pattern.js'
import { equivalent } from '../../compiler/patterns/equivalence.js'
import { proveAutomata } from '../../compiler/verify/automata.js'
import { commonGrammar, regexes } from '../compiler/patterns/support/regexes.js'
import { walker } from '../compiler/patterns/support/walker.js'
import { tableOf } from '../compiler/verify/support/tables.js'
import { target } from './target.js'

const regex = fc.record({
  kind: fc.constant('regex' as const),
  source: regexes(commonGrammar),
  dialect: fc.constantFrom('es' as const, 'python' as const),
})

export const verify = target({
  name: 'verify',
  component: 'compiler/verify/',
  says: 'the automaton of a pattern is proved to be that, and one with a transition or a verdict changed is not',
  runs: 100,
  cases: fc.record({ source: regex, at: fc.nat(), to: fc.nat() }),
  check: ({ source, at, to }) => {
    const compiled = compilePattern(source)
    if (!compiled.ok) return
    const kind = verdictOf(source, compiled.automaton)
    ok(kind === 'equal' || kind === 'unproved', `${source.source}: ${kind}`)
    const changed = broken(compiled.automaton, at, to)
    if (kind === 'equal' && deadStates(changed) < 2) expectTold(source, compiled.automaton, changed)
  },
})

function verdictOf(source: PatternSource, automaton: Automaton): string {
  const [verdict] = proveAutomata(tableOf([automaton]), [{ source, automaton: 0 }])
  return verdict?.kind ?? 'none'
}

/** A witness is a text on which the two really differ; no text has a low surrogate of its own after a high one. */
function expectTold(source: PatternSource, whole: Automaton, changed: Automaton): void {
  const [verdict] = proveAutomata(tableOf([changed]), [{ source, automaton: 0 }])
  if (verdict?.kind === 'equal' && equivalent(whole, changed) === true) return
  ok(verdict?.kind === 'different', `${source.source}: a changed automaton is ${verdict?.kind}`)
  const { witness, expected } = verdict
  ok(walker(whole)(witness) === expected && walker(changed)(witness) !== expected, `${source.source}: ${JSON.stringify(witness)}`)
}

/** States that nothing leads out of and that do not accept: a table has room for one, and a minimal automaton needs no more. */
function deadStates({ stateCount, accepting, transitions, classes }: Automaton): number {
  const states = Array.from({ length: stateCount }, (_, state) => state)
  const stays = (state: number) => transitions.subarray(state * classes.length, (state + 1) * classes.length).every(next => next === state)
  return states.filter(state => accepting[state] === 0 && stays(state)).length
}

/** With one transition led elsewhere, or one verdict turned round. */
function broken(automaton: Automaton, at: number, to: number): Automaton {
  const transitions = automaton.transitions.slice()
  const accepting = automaton.accepting.slice()
  const place = at % transitions.length
  if (transitions[place] === to % automaton.stateCount)
    accepting[at % automaton.stateCount] = 1 - (accepting[at % automaton.stateCount] ?? 0)
  else transitions[place] = to % automaton.stateCount
  return { ...automaton, transitions, accepting }
}
