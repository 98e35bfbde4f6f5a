/**
 * Whether an automaton of the table and the machine of its pattern match the same strings: both are walked at once over
 * everything that can be read, breadth first, so that the first difference is a shortest string.
 */
import type { TableAutomaton } from '../../runtime/decide/table.js'
import type { Effort } from './effort.js'
import { KIND, type Letters } from './letters.js'
import type { Machine } from './machine.js'
import { grown } from './sequences.js'

export type Equality =
  | { readonly kind: 'equal'; readonly pairs: number }
  /** `expected`: whether the pattern matches the witness; the table says the opposite. */
  | { readonly kind: 'different'; readonly witness: string; readonly expected: boolean }

/** @throws EffortSpent */
export function proveEqual(automaton: TableAutomaton, machine: Machine, letters: Letters, effort: Effort): Equality {
  const steps = commonSteps(automaton, machine, letters)
  const walked = walk(automaton, machine, steps, letters, effort, false)
  // A string in which a low surrogate follows a high one does not exist: it would be another code point.
  return walked.kind === 'equal' ? walked : walk(automaton, machine, steps, letters, effort, true)
}

/** A letter for each pair of a class of the machine and one of the table, readable ones first. */
interface Steps {
  readonly letters: readonly number[]
  readonly ofMachine: Int32Array
  readonly ofTable: Int32Array
  readonly kinds: Uint8Array
}

const READABLE = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./ '].map(char => char.charCodeAt(0))

function commonSteps(automaton: TableAutomaton, machine: Machine, letters: Letters): Steps {
  const chosen = new Map<number, number>()
  const consider = (letter: number) => {
    const inTable = automaton.classes()[letters.symbols[letter] ?? 0] ?? 0
    const key = ((machine.classOf[letter] ?? 0) * automaton.classCount + inTable) * 4 + (letters.kinds[letter] ?? 0)
    if (!chosen.has(key)) chosen.set(key, letter)
  }
  // Every ASCII character is the letter of its own number.
  READABLE.forEach(consider)
  for (let letter = 0; letter < letters.count; letter++) consider(letter)
  const list = [...chosen.values()]
  return {
    letters: list,
    ofMachine: Int32Array.from(list, letter => machine.classOf[letter] ?? 0),
    ofTable: Int32Array.from(list, letter => automaton.classes()[letters.symbols[letter] ?? 0] ?? 0),
    kinds: Uint8Array.from(list, letter => letters.kinds[letter] ?? 0),
  }
}

/** Pairs of states in the order they were met, and how. */
class Pairs {
  inMachine = new Int32Array(64)
  inTable = new Int32Array(64)
  /** The pair before, and the step that led here. */
  from = new Int32Array(64)
  step = new Int32Array(64)
  count = 0
  /** The first pair of each state of the machine, plus one: mostly its only one. */
  #first = new Int32Array(64)
  readonly #others = new Set<number>()

  constructor(readonly tableStates: number) {}

  add(inMachine: number, inTable: number, afterHigh: boolean, from: number, step: number): void {
    if (this.#isKnown(inMachine, inTable, afterHigh)) return
    if (this.count === this.step.length) this.#grow()
    this.inMachine[this.count] = inMachine
    this.inTable[this.count] = inTable
    this.from[this.count] = from
    this.step[this.count] = step
    this.count++
  }

  #isKnown(inMachine: number, inTable: number, afterHigh: boolean): boolean {
    while (inMachine >= this.#first.length) this.#first = grown(this.#first)
    const entry = 1 + inTable * 2 + (afterHigh ? 1 : 0)
    const first = this.#first[inMachine] ?? 0
    if (first === 0) this.#first[inMachine] = entry
    if (first === 0 || first === entry) return first === entry
    const key = inMachine * (2 * this.tableStates + 2) + entry
    const known = this.#others.has(key)
    this.#others.add(key)
    return known
  }

  #grow(): void {
    this.inMachine = grown(this.inMachine)
    this.inTable = grown(this.inTable)
    this.from = grown(this.from)
    this.step = grown(this.step)
  }
}

function walk(automaton: TableAutomaton, machine: Machine, steps: Steps, letters: Letters, effort: Effort, minding: boolean): Equality {
  const { transitions, classCount } = automaton
  const { ofMachine, ofTable, kinds } = steps
  const pairs = new Pairs(automaton.stateCount)
  pairs.add(machine.start, automaton.start, false, -1, -1)
  for (let pair = 0; pair < pairs.count; pair++) {
    const inMachine = pairs.inMachine[pair] ?? 0
    const inTable = pairs.inTable[pair] ?? 0
    const expected = machine.accepts(inMachine)
    if (expected !== isAccepting(automaton, inTable)) return { kind: 'different', witness: witness(pairs, steps, letters, pair), expected }
    effort.spend(2 * ofMachine.length)
    const row = machine.row(inMachine)
    const afterHigh = minding && (kinds[pairs.step[pair] ?? 0] ?? 0) === KIND.high
    for (let step = 0; step < ofMachine.length; step++) {
      if (afterHigh && kinds[step] === KIND.low) continue
      const next = transitions[inTable * classCount + (ofTable[step] ?? 0)] ?? 0
      pairs.add(row[ofMachine[step] ?? 0] ?? 0, next, minding && kinds[step] === KIND.high, pair, step)
    }
  }
  return { kind: 'equal', pairs: pairs.count }
}

function isAccepting(automaton: TableAutomaton, state: number): boolean {
  return state >= automaton.firstAccepting && state !== automaton.dead
}

function witness(pairs: Pairs, steps: Steps, letters: Letters, last: number): string {
  const chars: string[] = []
  for (let pair = last; (pairs.from[pair] ?? -1) !== -1; pair = pairs.from[pair] ?? -1) {
    const letter = steps.letters[pairs.step[pair] ?? 0] ?? 0
    chars.push(String.fromCodePoint(letters.points[letter] ?? 0))
  }
  return chars.reverse().join('')
}
