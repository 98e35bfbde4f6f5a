/**
 * Patterns that have too many states for a table: their circuit is run from the end of the text to its start, and the states
 * that texts lead to are made as they are met. Work per character is bounded by the size of the circuit, memory by that of the
 * cache, and work in all by `MOST_STEPS`.
 */
import { FALSE, type Kleene, TRUE, UNKNOWN } from './kleene.js'
import type { Symbols } from './symbols.js'
import { CIRCUIT, GATE, NONE, type TableCircuit } from './table.js'

/** Which leaves hold at a place. */
interface CircuitState {
  /** A bit for each leaf, sixteen to a UTF-16 unit. */
  readonly leaves: string
  /** The states one place further left that are known so far, by class. */
  readonly next: (CircuitState | undefined)[]
  /** Whether the pattern matches, whatever stands further left. */
  readonly settled: boolean
}

/**
 * Where a text has so many characters that they could take this many steps, a circuit of many nodes says that it does not know,
 * whatever the cache holds: some seconds at most, on a text made to be slow.
 */
const MOST_STEPS = 1 << 28

/** Circuits of so many nodes read any text. */
export const UNLIMITED_NODES = 256

/** The cache is emptied once it holds this many classes and units. */
const MOST_CACHED = 1 << 18

/** One pattern of the table. What it keeps from text to text makes it faster, and its answers no other. */
export class CircuitMachine {
  /** How many nodes were evaluated so far. */
  steps = 0
  private readonly values: Uint8Array
  private readonly bits: Uint16Array
  private readonly known = new Map<string, CircuitState>()
  private cached = 0
  private readonly words: Uint32Array
  /** Leaves from here on look left, and are not found further right. */
  private readonly firstBefore: number
  private readonly firstGate: number
  /** Where the targets of leaves begin, less one, and where the gates do, less those numbers that are no gates. */
  private readonly targets: number
  private readonly code: number
  private readonly runs: number

  constructor(private readonly circuit: TableCircuit) {
    this.words = circuit.words
    this.firstBefore = this.word(CIRCUIT.firstBefore)
    this.firstGate = this.word(CIRCUIT.firstGate)
    this.values = new Uint8Array(this.word(CIRCUIT.nodes))
    this.bits = new Uint16Array((this.firstBefore + 15) >> 4)
    this.targets = CIRCUIT.head - 1
    this.code = CIRCUIT.head - 1 + this.firstBefore - 2 * this.firstGate
    this.runs = this.code + 2 * this.values.length
  }

  private word(index: number): number {
    return this.words[index] as number // the compiler wrote them, and their checksum was right
  }

  /** Whether the pattern accepts the symbols. */
  test({ units, length }: Symbols): Kleene {
    const { classes, classCount } = this.circuit
    if (this.values.length > UNLIMITED_NODES && length * this.values.length > MOST_STEPS) return UNKNOWN
    let state = this.stateLeftOf(classCount)
    for (let i = length - 1; i >= 0 && !state.settled; i--) {
      const charClass = classes[units[i] as number] as number // symbols are the table's own
      state = state.next[charClass] ?? this.makeNext(state, charClass)
    }
    if (state.settled) return TRUE
    this.evaluate(state, classCount)
    return this.values[this.word(CIRCUIT.start)] === 1 ? TRUE : FALSE
  }

  private makeNext(state: CircuitState, charClass: number): CircuitState {
    this.evaluate(state, charClass)
    const next = this.stateLeftOf(charClass)
    state.next[charClass] = next
    return next
  }

  /** The state left of a character, once every node has its value right of it; or that at the end of the text. */
  private stateLeftOf(charClass: number): CircuitState {
    const { bits, values, words, targets, firstBefore } = this
    bits.fill(0)
    values[0] = 1
    const end = this.word(this.runs + charClass + 1)
    for (let run = this.word(this.runs + charClass); run < end; run += 2) {
      const last = Math.min(this.word(run + 1), firstBefore)
      for (let leaf = this.word(run); leaf < last; leaf++) {
        const holds = values[words[targets + leaf] as number] as number
        bits[leaf >> 4] = (bits[leaf >> 4] as number) | (holds << (leaf & 15))
      }
    }
    return this.stateOf(String.fromCharCode(...bits))
  }

  private stateOf(leaves: string): CircuitState {
    const known = this.known.get(leaves)
    if (known !== undefined) return known
    if (this.cached > MOST_CACHED) {
      this.known.clear()
      this.cached = 0
    }
    const leaf = this.word(CIRCUIT.settled)
    const settled = leaf !== NONE && ((leaves.charCodeAt(leaf >> 4) >> (leaf & 15)) & 1) === 1
    const state: CircuitState = { leaves, next: [], settled }
    this.known.set(leaves, state)
    this.cached += leaves.length + this.circuit.classCount
    return state
  }

  /** Gives every node its value at the place between a character (or the start of the text) and the leaves right of it. */
  private evaluate({ leaves }: CircuitState, charClass: number): void {
    const { values, words, code, firstBefore } = this
    this.steps += values.length
    values.fill(0)
    values[0] = 1
    for (let i = 0; i < leaves.length; i++) {
      for (let unit = leaves.charCodeAt(i); unit !== 0; unit &= unit - 1) values[16 * i + 31 - Math.clz32(unit & -unit)] = 1
    }
    const end = this.word(this.runs + charClass + 1)
    for (let run = this.word(this.runs + charClass); run < end; run += 2) {
      for (let leaf = Math.max(this.word(run), firstBefore); leaf < this.word(run + 1); leaf++) values[leaf] = 1
    }
    let changed = false
    for (let gate = this.firstGate; gate < values.length; gate++) {
      const packed = words[code + 2 * gate] as number
      const kind = packed & 3
      const a = values[packed >> 2] as number
      const second = words[code + 2 * gate + 1] as number
      if (kind === GATE.repeat) {
        if (changed) {
          this.steps += gate - second
          gate = second - 1
        }
        changed = false
        continue
      }
      const b = values[second] as number
      const value = kind === GATE.or ? a | b : kind === GATE.and ? a & b : b & ~a
      if (value !== values[gate]) changed = true
      values[gate] = value
    }
  }
}
