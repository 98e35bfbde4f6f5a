/** What decides a pattern: the cheapest thing that can. */
import type { Automaton } from './automaton.js'
import { type BacktrackingProgram, backtrackingProgram } from './backtracking-program.js'
import { Budget } from './budget.js'
import { type Circuit, circuitOf } from './circuit.js'
import { compilePattern, howToMatch, type PatternSource, parsePattern } from './compile-pattern.js'
import { parseEs } from './es-syntax.js'
import { buildNfa } from './nfa.js'
import { orError, type PatternError, reject } from './pattern-error.js'
import { parsePython } from './python-syntax.js'

export type Machine =
  | { readonly kind: 'automaton'; readonly automaton: Automaton }
  /** For a pattern whose automaton would be too large. */
  | { readonly kind: 'circuit'; readonly circuit: Circuit }
  /** For a pattern that is not regular, where the policy allows backtracking. */
  | { readonly kind: 'backtracking'; readonly program: BacktrackingProgram }

type Regex = PatternSource & { readonly kind: 'regex' }

/**
 * A pure function of its argument, as `compilePattern` is.
 * @param backtracking whether a pattern that is not regular may be run nevertheless
 */
export function compileMachine(source: PatternSource, backtracking = false): Machine | PatternError {
  const compiled = compilePattern(source)
  if (compiled.ok) return { kind: 'automaton', automaton: compiled.automaton }
  if (source.kind !== 'regex') return compiled.error
  if (compiled.error.code === 'pattern-too-large') return orError(() => ({ kind: 'circuit', circuit: compileCircuit(source) }))
  if (compiled.error.code !== 'regex-not-regular' || !backtracking) return compiled.error
  return orError(() => ({ kind: 'backtracking', program: compileBacktracking(source) }))
}

function compileBacktracking({ source, dialect }: Regex): BacktrackingProgram {
  const pattern = dialect === 'python' ? parsePython(source, true) : parseEs(source, true)
  return backtrackingProgram(pattern, dialect, new Budget(source.length))
}

/** The circuit of a regular pattern, whether or not it has an automaton; throws what `orError` catches. */
export function compileCircuit(source: Regex): Circuit {
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
