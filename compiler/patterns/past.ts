/**
 * What of the text read so far can matter to a formula: which `before` conditions hold, as far as the formula and the monitors can meet
 * them, and where the monitors stand. Pasts are few, and what a clause becomes depends on nothing else but the next code point: each past
 * keeps the successors of every clause that was met in it.
 */
import { ClassGrouping } from './class-grouping.js'
import type { Clause, Formula } from './formula.js'
import type { Nfa, NfaState } from './nfa.js'
import { NumberBuffer, NumberLists } from './number-lists.js'
import type { Position, Stepper } from './step.js'

export interface Past {
  readonly id: number
  readonly before: bigint
  /** By class of the next code point, the end of the text last: the place before that code point. */
  readonly positions: readonly Position[]
  /** By class: the monitors after that code point. */
  readonly monitorsAfter: readonly (readonly Formula[])[]
  /** By clause, found so far: what the clause becomes over each class and the end of the text, formulas by number. */
  readonly rows: Int32Array[]
  /** By class, then by the relevant `before` conditions of the next formula: what follows, found so far. */
  readonly followers: Past[][]
}

export class Pasts {
  readonly #nfa: Nfa
  readonly #classCount: number
  readonly #grouping: ClassGrouping
  readonly #known: Past[] = []
  readonly #ids = new NumberLists()
  readonly #flagIds = new NumberLists()
  readonly #key = new NumberBuffer()
  readonly #beforeNumbers = new BitNumbers()
  /** Which `before` conditions hold after a code point of each class, and (last) at the start of the text. */
  readonly #beforeOf: readonly bigint[]
  /** The `before` conditions that can be met from each state without reading, and from the start of any monitor. */
  readonly #relevant: readonly bigint[]
  readonly #relevantToMonitors: bigint
  /** By formula, found so far. */
  readonly #relevantNumbers: number[] = []

  constructor(readonly stepper: Stepper) {
    const { nfa, alphabet, budget } = stepper
    this.#nfa = nfa
    this.#classCount = alphabet.classes.length
    this.#grouping = new ClassGrouping(nfa, alphabet, budget)
    this.#beforeOf = beforeOfClasses(stepper)
    this.#relevant = relevantBefores(nfa)
    this.#relevantToMonitors = nfa.monitors.reduce((bits, start) => bits | (this.#relevant[start] ?? 0n), 0n)
  }

  /** The past of the first state. */
  atStart(formula: Formula): Past {
    const monitors = this.#nfa.monitors.map(() => this.stepper.clauses.falseFormula)
    return this.#pastOf(this.#classCount, this.#relevantTo(formula), monitors)
  }

  /** The past of a state with that formula, reached by reading a code point of the class. */
  after(past: Past, charClass: number, formula: Formula): Past {
    const relevant = (this.#relevantNumbers[formula.id] ??= this.#beforeNumbers.of(this.#relevantTo(formula)))
    const followers = (past.followers[charClass] ??= [])
    return (followers[relevant] ??= this.#pastOf(charClass, this.#beforeNumbers.bits(relevant), past.monitorsAfter[charClass] ?? []))
  }

  /** What the clause becomes by class, the end of the text last. */
  rowOf(clause: Clause, past: Past): Int32Array {
    return (past.rows[clause] ??= this.#makeRow(clause, past))
  }

  #makeRow(clause: Clause, { positions }: Past): Int32Array {
    const states = this.stepper.clauses.literalsOf(clause).map(literal => literal >> 1)
    const { groupOf, readsFlags } = this.#grouping.groupsOf(states)
    const row = new Int32Array(positions.length)
    const known = new Map<number, number>()
    positions.forEach((position, at) => {
      const group = at === this.#classCount ? -1 : (groupOf[at] ?? 0)
      const key = readsFlags ? group + (this.#classCount + 1) * position.flagsId : group
      const found = known.get(key) ?? this.stepper.stepClause(clause, position).id
      known.set(key, found)
      row[at] = found
    })
    return row
  }

  #pastOf(justRead: number, relevantToFormula: bigint, monitors: readonly Formula[]): Past {
    let relevant = relevantToFormula | this.#relevantToMonitors
    for (const monitor of monitors) relevant |= this.#relevantTo(monitor)
    const before = (this.#beforeOf[justRead] ?? 0n) & relevant
    const key = this.#key.clear().add(this.#beforeNumbers.of(before))
    for (const monitor of monitors) key.add(monitor.id)
    const id = this.#ids.idOf(key)
    return (this.#known[id] ??= this.#makePast(id, before, monitors))
  }

  #makePast(id: number, before: bigint, monitors: readonly Formula[]): Past {
    const positions: Position[] = []
    const monitorsAfter: (readonly Formula[])[] = []
    for (let next = 0; next <= this.#classCount; next++) {
      this.stepper.budget.spend(16)
      const stepped = this.#stepMonitors(before, next, monitors)
      positions.push(stepped.position)
      monitorsAfter.push(stepped.monitors)
    }
    return { id, before, positions, monitorsAfter, rows: [], followers: [] }
  }

  /** Flags are found in the order of the monitors, since each reads only those before it. */
  #stepMonitors(before: bigint, next: number, monitors: readonly Formula[]) {
    const flags: Formula[] = []
    const position: Position = { before, next, flags, flagsId: 0, successors: [] }
    const stepped = monitors.map((formula, monitor) => {
      this.stepper.budget.spend(32 + 4 * formula.clauses.length)
      const { formula: after, flag } = this.stepper.stepMonitor(monitor, formula, position)
      flags.push(flag)
      return after
    })
    // What was found of successors so far did not know of all flags.
    return { position: { ...position, flagsId: this.#flagsId(flags), successors: [] }, monitors: stepped }
  }

  #flagsId(flags: readonly Formula[]): number {
    const key = this.#key.clear()
    for (const flag of flags) key.add(flag.id)
    return this.#flagIds.idOf(key)
  }

  #relevantTo({ clauses }: Formula): bigint {
    if (this.#nfa.befores.length === 0) return 0n
    let bits = 0n
    this.stepper.budget.spend(4 * clauses.length)
    for (const clause of clauses) {
      for (const literal of this.stepper.clauses.literalsOf(clause)) bits |= this.#relevant[literal >> 1] ?? 0n
    }
    return bits
  }
}

/** Small numbers for sets of bits, however long. */
class BitNumbers {
  readonly #numbers = new Map<bigint, number>()
  readonly #bits: bigint[] = []

  of(bits: bigint): number {
    const known = this.#numbers.get(bits)
    if (known !== undefined) return known
    const number = this.#bits.push(bits) - 1
    this.#numbers.set(bits, number)
    return number
  }

  bits(number: number): bigint {
    return this.#bits[number] ?? 0n
  }
}

function beforeOfClasses({ nfa, alphabet }: Stepper): readonly bigint[] {
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
