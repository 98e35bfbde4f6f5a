/** Every automaton of a table against the machine of its pattern. */
import { SECTION, type Table } from '../../runtime/decide/table.js'
import type { Pattern } from '../patterns/ast.js'
import type { Automaton } from '../patterns/automaton.js'
import type { CharSet } from '../patterns/char-set.js'
import { compilePattern, type PatternSource, parsePattern } from '../patterns/compile-pattern.js'
import { orError } from '../patterns/pattern-error.js'
import { automatonMachine, classSets } from './automaton-machine.js'
import { Effort, EffortSpent } from './effort.js'
import { type Letters, lettersOf } from './letters.js'
import type { Machine } from './machine.js'
import { orderMachine, orderSets } from './order-machine.js'
import { type Positions, positionsOf } from './positions.js'
import { type Equality, proveEqual } from './prove-automaton.js'
import { readAutomaton } from './read-automaton.js'
import { textMachine } from './text-machine.js'

/** An automaton of the table, and the pattern that it must be that of. */
export interface ExpectedAutomaton {
  readonly source: PatternSource
  /** Its index in the table. */
  readonly automaton: number
}

export type ProvedBefore = (source: PatternSource) => Automaton | undefined

export type Verdict =
  | Equality
  /** What it says of itself is not what the runtime takes for granted. */
  | { readonly kind: 'damaged'; readonly problem: string }
  /** The proof would take more steps than it may. */
  | { readonly kind: 'unproved' }

/**
 * The verdicts in the order of `expected`.
 * @param provedBefore the automata of patterns that were proved before: what is equal to one of them needs no other proof
 */
export function proveAutomata(table: Table, expected: readonly ExpectedAutomaton[], provedBefore?: ProvedBefore): readonly Verdict[] {
  const prepared = expected.map(({ source }) => {
    const automaton = provedBefore?.(source)
    return automaton === undefined ? prepare(source) : prepareAutomaton(automaton)
  })
  const letters = lettersOf(
    prepared.flatMap(one => one?.sets ?? []),
    table,
  )
  return expected.map(({ automaton, source }, i) => {
    const one = prepared[i]
    if (isOtherMachine(table, automaton)) return otherVerdict(source)
    return one === undefined ? { kind: 'unproved' } : prove(table, automaton, one, letters)
  })
}

function isOtherMachine(table: Table, index: number): boolean {
  return index < table.count(SECTION.automata) && table.machineKind(index) !== 'automaton'
}

/** Circuits and backtracking are not proved. Only a pattern that can have no automaton has them: any other is damage. */
function otherVerdict(source: PatternSource): Verdict {
  return compilePattern(source).ok ? { kind: 'damaged', problem: 'another machine stands in its place' } : { kind: 'unproved' }
}

/** The machine of one pattern over letters of its own and the table's; undefined where making it ready takes too many steps. */
export function machineFor(source: PatternSource, table: Table): { readonly machine: Machine; readonly letters: Letters } | undefined {
  const prepared = prepare(source)
  if (prepared === undefined) return undefined
  const letters = lettersOf(prepared.sets, table)
  return { machine: prepared.machine(letters, prepared.effort), letters }
}

/** Whether there is a text that the pattern matches; said to be one where finding it takes too many steps. */
export function matchesSomething(source: PatternSource, table: Table): boolean {
  const made = machineFor(source, table)
  const found = made && withinEffort(() => reachesAcceptance(made.machine))
  return found ?? true
}

function reachesAcceptance(machine: Machine): boolean {
  const states = new Set([machine.start])
  // The set grows while it is walked.
  for (const state of states) {
    if (machine.accepts(state)) return true
    for (const next of machine.row(state)) states.add(next)
  }
  return false
}

/** A pattern made ready, its sets known before the letters are. */
interface Prepared {
  readonly sets: readonly CharSet[]
  readonly machine: (letters: Letters, effort: Effort) => Machine
  readonly effort: Effort
}

function prepare(source: PatternSource): Prepared | undefined {
  const effort = new Effort()
  if (source.kind === 'order') {
    const { relation, source: bound } = source
    return { sets: orderSets(bound), machine: letters => orderMachine(relation, bound, letters), effort }
  }
  const how = source.kind === 'regex' || source.kind === 'contains' ? 'found' : 'whole'
  const pattern = orError(() => parsePattern(source))
  // What is not regular has no machine.
  if ('code' in pattern) return undefined
  const positions = withinEffort(() => positionsOf(pattern, how, effort))
  return positions && { sets: positions.sets, machine: (letters, left) => machineOf(pattern, how, positions, letters, left), effort }
}

function prepareAutomaton(automaton: Automaton): Prepared {
  const sets = classSets(automaton)
  return { sets, machine: letters => automatonMachine(automaton, sets, letters), effort: new Effort() }
}

/** @param positions those of the pattern, whose sets the letters know */
function machineOf(pattern: Pattern, how: 'found' | 'whole', positions: Positions, letters: Letters, effort: Effort): Machine {
  const machine = textMachine(positions, letters, effort) ?? textMachine(positionsOf(pattern, how, effort, 'spelled out'), letters, effort)
  if (machine === undefined) throw new Error('without conditions on neighbours there is one group of them')
  return machine
}

function prove(table: Table, index: number, { machine, effort }: Prepared, letters: Letters): Verdict {
  const automaton = readAutomaton(table, index)
  if (typeof automaton === 'string') return { kind: 'damaged', problem: automaton }
  return withinEffort(() => proveEqual(automaton, machine(letters, effort), letters, effort)) ?? { kind: 'unproved' }
}

function withinEffort<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof EffortSpent) return undefined
    throw thrown
  }
}
