/** A partition of the states 0 to n-1 into blocks that can only be split further, in time linear in what is split off. */
import { NumberBuffer, type Numbers } from './number-lists.js'

export class Partition {
  /** The states, block by block. */
  readonly #states: Uint32Array
  readonly #placeOf: Uint32Array
  readonly #blockOf: Int32Array
  readonly #starts: number[] = [0]
  readonly #ends: number[]
  /** How many states of each block are marked, while it is being split. */
  readonly #counts: Int32Array
  readonly #touched = new NumberBuffer()

  constructor(readonly count: number) {
    this.#states = Uint32Array.from({ length: count }, (_, state) => state)
    this.#placeOf = this.#states.slice()
    this.#blockOf = new Int32Array(count)
    this.#ends = [count]
    this.#counts = new Int32Array(count)
  }

  /** In place: the next split reorders them. */
  members(block: number): Uint32Array {
    return this.#states.subarray(this.#starts[block], this.#ends[block])
  }

  blocks(): Int32Array {
    return this.#blockOf
  }

  smallest(): number {
    const sizes = this.#starts.map((start, block) => (this.#ends[block] ?? 0) - start)
    return sizes.indexOf(Math.min(...sizes))
  }

  /**
   * Splits every block into its states among `marked` and the others; gives the new blocks, each the smaller half of its old one.
   * @param marked each state once
   */
  split(marked: Numbers): readonly number[] {
    this.#touched.clear()
    for (let i = 0; i < marked.length; i++) this.#moveToFront(marked.values[i] as number) // in bounds
    const fresh: number[] = []
    for (let i = 0; i < this.#touched.length; i++) {
      const block = this.#touched.values[i] as number // in bounds
      const count = this.#counts[block] as number // touched blocks are counted
      this.#counts[block] = 0
      if (count < (this.#ends[block] as number) - (this.#starts[block] as number)) fresh.push(this.#cut(block, count)) // of a block
    }
    return fresh
  }

  /** Swaps the state with the first unmarked one of its block. */
  #moveToFront(state: number): void {
    const block = this.#blockOf[state] as number // of a state
    const count = this.#counts[block] as number // there are no more blocks than states
    if (count === 0) this.#touched.add(block)
    this.#counts[block] = count + 1
    const to = (this.#starts[block] as number) + count // of a block
    const from = this.#placeOf[state] as number // of a state
    const other = this.#states[to] as number // within the block
    this.#states[to] = state
    this.#states[from] = other
    this.#placeOf[state] = to
    this.#placeOf[other] = from
  }

  #cut(block: number, count: number): number {
    const start = this.#starts[block] ?? 0
    const end = this.#ends[block] ?? 0
    const middle = start + count
    const fresh = this.#starts.length
    const firstIsSmaller = count <= end - middle
    const [from, to] = firstIsSmaller ? [start, middle] : [middle, end]
    this.#starts.push(from)
    this.#ends.push(to)
    if (firstIsSmaller) this.#starts[block] = middle
    else this.#ends[block] = middle
    for (let at = from; at < to; at++) this.#blockOf[this.#states[at] ?? 0] = fresh
    return fresh
  }
}
