/**
 * The deterministic automaton of an alternating one. A state is what must hold of the rest (a formula), where the monitors stand, and
 * what of the code point just read can matter. A state whose formula is true or false needs nothing else and never changes again.
 */
import { type Alphabet, alphabetOf } from './alphabet.js'
import type { Budget } from './budget.js'
import { type Formula, falseFormula } from './formula.js'
import type { Nfa, NfaState } from './nfa.js'
import { type Position, Stepper } from './step.js'

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
  readonly monitors: readonly Formula[]
  readonly before: bigint
}

export function determinize(nfa: Nfa, budget: Budget): Dfa {
  return new Determinizer(nfa, alphabetOf(nfa.sets, budget), budget).run()
}

class Determinizer {
  readonly #stepper: Stepper
  readonly #classCount: number
  readonly #states: DfaState[] = []
  readonly #ids = new Map<string, number>()
  readonly #positions = new Map<string, Position>()
  /** Which `before` conditions hold after a code point of each class, and (last) at the start of the text. */
  readonly #beforeOf: readonly bigint[]
  readonly #relevant: readonly bigint[]

  constructor(
    readonly nfa: Nfa,
    readonly alphabet: Alphabet,
    readonly budget: Budget,
  ) {
    this.#stepper = new Stepper(nfa, alphabet, budget)
    this.#classCount = alphabet.classes.length
    this.#beforeOf = beforeOfClasses(nfa, alphabet)
    this.#relevant = relevantBefores(nfa)
  }

  run(): Dfa {
    this.#idOf(
      [this.nfa.start],
      this.nfa.monitors.map(() => falseFormula),
      this.#classCount,
    )
    const transitions: number[] = []
    const accepting: number[] = []
    // The list grows while it is walked.
    for (const [id, state] of this.#states.entries()) {
      for (let charClass = 0; charClass < this.#classCount; charClass++) transitions.push(this.#next(id, state, charClass))
      accepting.push(this.#acceptsAtEnd(state) ? 1 : 0)
    }
    return {
      alphabet: this.alphabet,
      stateCount: this.#states.length,
      transitions: Uint32Array.from(transitions),
      accepting: Uint8Array.from(accepting),
    }
  }

  #next(id: number, state: DfaState, charClass: number): number {
    this.budget.spend(8)
    if (this.#isSettled(state.formula)) return id
    const { position, monitors } = this.#stepMonitors(state, charClass)
    return this.#idOf(this.#stepper.step(state.formula, position), monitors, charClass)
  }

  #acceptsAtEnd(state: DfaState): boolean {
    if (this.#isSettled(state.formula)) return state.formula.length > 0
    const { position } = this.#stepMonitors(state, this.#classCount)
    return this.#stepper.step(state.formula, position).length > 0
  }

  #isSettled(formula: Formula): boolean {
    return formula.length === 0 || formula[0] === this.#stepper.clauses.trueClause
  }

  /** Flags are found in the order of the monitors, since each reads only those before it. */
  #stepMonitors(state: DfaState, next: number): { readonly position: Position; readonly monitors: readonly Formula[] } {
    const fresh: Position = { before: state.before, next, flags: [], successors: new Map() }
    const monitors = state.monitors.map((formula, monitor) => {
      this.budget.spend(32 + 4 * formula.length)
      const stepped = this.#stepper.stepMonitor(monitor, formula, fresh)
      fresh.flags.push(stepped.flag)
      return stepped.formula
    })
    return { position: this.#shared(fresh), monitors }
  }

  /** Equal positions share what is known of their successors. */
  #shared(position: Position): Position {
    const key = `${position.before}|${position.next}|${position.flags.join('|')}`
    const known = this.#positions.get(key)
    if (known !== undefined) return known
    this.#positions.set(key, position)
    return position
  }

  #idOf(formula: Formula, monitors: readonly Formula[], justRead: number): number {
    const settled = this.#isSettled(formula)
    const before = settled ? 0n : (this.#beforeOf[justRead] ?? 0n) & this.#relevantTo(formula, monitors)
    const state = { formula, monitors: settled ? [] : monitors, before }
    const key = `${before}|${formula.join()}|${state.monitors.join('|')}`
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.#states.push(state) - 1
    this.budget.countDfaStates(id)
    this.#ids.set(key, id)
    return id
  }

  #relevantTo(formula: Formula, monitors: readonly Formula[]): bigint {
    if (this.nfa.befores.length === 0) return 0n
    let bits = 0n
    for (const start of this.nfa.monitors) bits |= this.#relevant[start] ?? 0n
    for (const each of [formula, ...monitors]) {
      this.budget.spend(4 * each.length)
      for (const clause of each) {
        for (const literal of this.#stepper.clauses.literalsOf(clause)) bits |= this.#relevant[literal >> 1] ?? 0n
      }
    }
    return bits
  }
}

function beforeOfClasses(nfa: Nfa, alphabet: Alphabet): readonly bigint[] {
  const bitsWhere = (holds: (set: number, edge: boolean) => boolean) =>
    nfa.befores.reduce((bits, { set, edge }, at) => (holds(set, edge) ? bits | (1n << BigInt(at)) : bits), 0n)
  const afterClass = alphabet.classes.map((_, charClass) => bitsWhere(set => alphabet.members[set]?.[charClass] === 1))
  return [...afterClass, bitsWhere((_, edge) => edge)]
}

/** For each state the `before` conditions that can be met from it without reading; the least solution, by repetition. */
function relevantBefores(nfa: Nfa): readonly bigint[] {
  const bits = nfa.states.map(() => 0n)
  if (nfa.befores.length === 0) return bits
  for (let changed = true; changed; ) {
    changed = false
    nfa.states.forEach((state, id) => {
      const found = relevantOf(state, bits)
      if (found === bits[id]) return
      bits[id] = found
      changed = true
    })
  }
  return bits
}

function relevantOf(state: NfaState, bits: readonly bigint[]): bigint {
  const of = (next: number) => bits[next] ?? 0n
  switch (state.kind) {
    case 'split':
      return of(state.first) | of(state.second)
    case 'before':
      return of(state.next) | (1n << BigInt(state.condition))
    case 'after':
    case 'behind':
      return of(state.next)
    case 'ahead':
      return of(state.next) | of(state.body)
    case 'done':
    case 'flag':
    case 'char':
      return 0n
    default:
      return state satisfies never
  }
}
