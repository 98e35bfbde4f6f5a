/** What decides a pattern: the cheapest thing that can. */
import type { Automaton } from './automaton.js'
import { Budget } from './budget.js'
import { type Circuit, circuitOf } from './circuit.js'
import { compilePattern, howToMatch, type PatternSource, parsePattern } from './compile-pattern.js'
import { buildNfa } from './nfa.js'
import { orError, type PatternError, reject } from './pattern-error.js'

export type Machine =
  | { readonly kind: 'automaton'; readonly automaton: Automaton }
  /** For a pattern whose automaton would be too large. */
  | { readonly kind: 'circuit'; readonly circuit: Circuit }

/** A pure function of its argument, as `compilePattern` is. */
export function compileMachine(source: PatternSource): Machine | PatternError {
  const compiled = compilePattern(source)
  if (compiled.ok) return { kind: 'automaton', automaton: compiled.automaton }
  return source.kind === 'regex' && compiled.error.code === 'pattern-too-large' ? circuitMachine(source) : compiled.error
}

function circuitMachine(source: Exclude<PatternSource, { readonly kind: 'order' }>): Machine | PatternError {
  return orError(() => ({ kind: 'circuit', circuit: compileCircuit(source) }))
}

/** The circuit of a pattern, whether or not it has an automaton; throws what `orError` catches. */
export function compileCircuit(source: Exclude<PatternSource, { readonly kind: 'order' }>): Circuit {
  const budget = new Budget(source.source.length)
  const nfa = buildNfa(parsePattern(source), howToMatch(source), budget)
  if (nfa.monitors.length > 0) rejectBehind(source.source.length)
  return circuitOf(nfa, budget)
}

function rejectBehind(length: number): never {
  const message = 'this pattern has too many states for an automaton, and a pattern that looks behind cannot do without one'
  const help =
    'match what stands before instead of looking behind, as `(?:^|[^a])b` for `(?<!a)b`, lower the counts of `{n}`, or split it into several conditions'
  reject('pattern-too-large', message, 0, length, help)
}
