/**
 * The deterministic automaton of an alternating one. A state is what must hold of the rest (a formula) and what of the past can matter
 * to that. A state whose formula is true or false needs nothing else and never changes again.
 *
 * A formula is a disjunction, so its successors are the disjunction of those of its clauses: for each past, a clause's successors over all
 * classes are found once, as a row, and a state's row is put together from those of its clauses.
 */
import { type Alphabet, alphabetOf } from './alphabet.js'
import type { Budget } from './budget.js'
import type { Formula } from './formula.js'
import type { Nfa } from './nfa.js'
import { NumberPairs } from './number-lists.js'
import { type Past, Pasts } from './past.js'
import { Stepper } from './step.js'

/** Complete, but neither minimal nor canonically numbered. */
export interface Dfa {
  readonly alphabet: Alphabet
  readonly stateCount: number
  /** `transitions[state * classes + class]`; state 0 is the start. */
  readonly transitions: Uint32Array
  readonly accepting: Uint8Array
}

interface DfaState {
  readonly formula: Formula
  /** Undefined where the formula is settled. */
  readonly past: Past | undefined
}

/** The number of the past that settled states share. */
const NO_PAST = -1

export function determinize(nfa: Nfa, budget: Budget): Dfa {
  return new Determinizer(nfa, alphabetOf(nfa.sets, budget), budget).run()
}

class Determinizer {
  readonly #stepper: Stepper
  readonly #pasts: Pasts
  readonly #classCount: number
  readonly #states: DfaState[] = []
  /** States by formula and past. */
  readonly #ids = new NumberPairs()
  /** Longer than it need be: it grows by doubling. */
  #transitions = new Uint32Array(1024)
  /** The formulas that the state at hand leads to, by class; the last is that of the end of the text. */
  readonly #row: Int32Array

  constructor(
    readonly nfa: Nfa,
    readonly alphabet: Alphabet,
    readonly budget: Budget,
  ) {
    this.#stepper = new Stepper(nfa, alphabet, budget)
    this.#pasts = new Pasts(this.#stepper)
    this.#classCount = alphabet.classes.length
    this.#row = new Int32Array(this.#classCount + 1)
  }

  run(): Dfa {
    const start = this.#stepper.clauses.ofState(this.nfa.start)
    this.#idOf(start, this.#pasts.atStart(start))
    const accepting: number[] = []
    // The list grows while it is walked.
    for (const [id, { formula, past }] of this.#states.entries()) {
      accepting.push((past === undefined ? this.#settle(id, formula) : this.#addRow(id, formula, past)) ? 1 : 0)
    }
    return {
      alphabet: this.alphabet,
      stateCount: this.#states.length,
      transitions: this.#transitions.slice(0, this.#states.length * this.#classCount),
      accepting: Uint8Array.from(accepting),
    }
  }

  /** The transitions of a state that is not settled; tells whether it accepts. */
  #addRow(id: number, formula: Formula, past: Past): boolean {
    const start = this.#startOfRow(id)
    const row = this.#row
    this.#fillRow(formula, past)
    for (let charClass = 0; charClass < this.#classCount; charClass++) {
      const next = this.#stepper.clauses.formula(row[charClass] as number) // a row holds formulas
      const nextPast = this.#isSettled(next) ? undefined : this.#pasts.after(past, charClass, next)
      this.#transitions[start + charClass] = this.#idOf(next, nextPast)
    }
    return row[this.#classCount] !== this.#stepper.clauses.falseFormula.id
  }

  #fillRow(formula: Formula, past: Past): void {
    const { clauses } = this.#stepper
    const none = clauses.falseFormula.id
    const row = this.#row.fill(none)
    for (const clause of formula.clauses) {
      const successors = this.#pasts.rowOf(clause, past)
      this.budget.spend(row.length)
      for (let at = 0; at < row.length; at++) {
        const next = successors[at] as number // rows are of one length
        if (next !== none) row[at] = row[at] === none ? next : clauses.eitherOf(row[at] as number, next) // in bounds
      }
    }
  }

  #settle(id: number, formula: Formula): boolean {
    const start = this.#startOfRow(id)
    this.#transitions.fill(id, start, start + this.#classCount)
    return formula === this.#stepper.clauses.trueFormula
  }

  #isSettled(formula: Formula): boolean {
    return formula === this.#stepper.clauses.falseFormula || formula === this.#stepper.clauses.trueFormula
  }

  #startOfRow(id: number): number {
    const start = id * this.#classCount
    this.budget.spend(8 * this.#classCount)
    if (start + this.#classCount > this.#transitions.length) {
      const longer = new Uint32Array(2 * (start + this.#classCount))
      longer.set(this.#transitions)
      this.#transitions = longer
    }
    return start
  }

  #idOf(formula: Formula, past: Past | undefined): number {
    const id = this.#ids.valueOf(formula.id, past?.id ?? NO_PAST, this.#states.length)
    if (id === this.#states.length) {
      this.budget.countDfaStates(id)
      this.#states.push({ formula, past })
    }
    return id
  }
}
