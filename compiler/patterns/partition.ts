/** A partition of the states 0 to n-1 into blocks that can only be split further, in time linear in what is split off. */
export class Partition {
  /** The states, block by block. */
  readonly #states: Uint32Array
  readonly #placeOf: Uint32Array
  readonly #blockOf: Int32Array
  readonly #starts: number[] = [0]
  readonly #ends: number[]

  constructor(readonly count: number) {
    this.#states = Uint32Array.from({ length: count }, (_, state) => state)
    this.#placeOf = this.#states.slice()
    this.#blockOf = new Int32Array(count)
    this.#ends = [count]
  }

  /** A copy, since splitting reorders the states. */
  members(block: number): Uint32Array {
    return this.#states.slice(this.#starts[block], this.#ends[block])
  }

  blocks(): Int32Array {
    return this.#blockOf
  }

  smallest(): number {
    const sizes = this.#starts.map((start, block) => (this.#ends[block] ?? 0) - start)
    return sizes.indexOf(Math.min(...sizes))
  }

  /** Splits every block into its states among `marked` and the others; gives the new blocks, each the smaller half of its old one. */
  split(marked: readonly number[]): readonly number[] {
    const counts = new Map<number, number>()
    for (const state of marked) this.#moveToFront(state, counts)
    const fresh: number[] = []
    for (const [block, count] of counts) {
      if (count < (this.#ends[block] ?? 0) - (this.#starts[block] ?? 0)) fresh.push(this.#cut(block, count))
    }
    return fresh
  }

  /** Swaps the state with the first unmarked one of its block. A state is marked once only, being in `marked` once. */
  #moveToFront(state: number, counts: Map<number, number>): void {
    const block = this.#blockOf[state] ?? 0
    const count = counts.get(block) ?? 0
    const to = (this.#starts[block] ?? 0) + count
    const from = this.#placeOf[state] ?? 0
    const other = this.#states[to] ?? 0
    this.#states[to] = state
    this.#states[from] = other
    this.#placeOf[state] = to
    this.#placeOf[other] = from
    counts.set(block, count + 1)
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
