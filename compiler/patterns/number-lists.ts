/** Sets and lists of small numbers, made and compared by the hundred thousand while automata are built: what is known already allocates nothing. */

/** Numbers in a buffer that may be longer than they are. */
export interface Numbers {
  readonly values: Int32Array
  readonly length: number
}

/** A list that is filled, looked up and filled again. */
export class NumberBuffer implements Numbers {
  values: Int32Array = new Int32Array(16)
  length = 0

  clear(): this {
    this.length = 0
    return this
  }

  add(value: number): this {
    if (this.length === this.values.length) this.values = grown(this.values, 2 * this.length)
    this.values[this.length++] = value
    return this
  }
}

/** A set under construction: numbers are marked in any order, however often, and taken in ascending order. */
export class NumberMarks {
  #words: Int32Array = new Int32Array(16)
  #low = Number.POSITIVE_INFINITY
  #high = -1
  readonly #taken = new NumberBuffer()

  add(value: number): void {
    const at = value >> 5
    if (at >= this.#words.length) this.#words = grown(this.#words, Math.max(2 * this.#words.length, at + 1))
    this.#words[at] = (this.#words[at] as number) | (1 << (value & 31)) // in bounds
    if (at < this.#low) this.#low = at
    if (at > this.#high) this.#high = at
  }

  /** The marked numbers, until the next call; nothing is marked afterwards. */
  take(): Numbers {
    const taken = this.#taken.clear()
    for (let at = this.#low; at <= this.#high; at++) {
      for (let word = this.#words[at] as number; word !== 0; word &= word - 1) taken.add((at << 5) | (31 - Math.clz32(word & -word))) // in bounds
      this.#words[at] = 0
    }
    this.#low = Number.POSITIVE_INFINITY
    this.#high = -1
    return taken
  }
}

/** Numbers lists as they come, equal ones alike: an open-addressed hash table, at most half full. */
export class NumberLists {
  readonly #lists: (readonly number[])[] = []
  /** One more than a list's number; zero where there is none. */
  #slots = new Int32Array(32)

  idOf(numbers: Numbers): number {
    const mask = this.#slots.length - 1
    for (let slot = hashOf(numbers.values, numbers.length) & mask; ; slot = (slot + 1) & mask) {
      const id = (this.#slots[slot] as number) - 1 // in bounds
      if (id === -1) return this.#insert(numbers, slot)
      if (isSame(this.at(id), numbers)) return id
    }
  }

  at(id: number): readonly number[] {
    return this.#lists[id] ?? []
  }

  #insert({ values, length }: Numbers, slot: number): number {
    const list: number[] = []
    for (let i = 0; i < length; i++) list.push(values[i] as number) // in bounds
    const id = this.#lists.push(list) - 1
    this.#slots[slot] = id + 1
    if (2 * this.#lists.length > this.#slots.length) this.#rehash()
    return id
  }

  #rehash(): void {
    const mask = 2 * this.#slots.length - 1
    const slots = new Int32Array(mask + 1)
    this.#lists.forEach((list, id) => {
      let slot = hashOf(list, list.length) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = id + 1
    })
    this.#slots = slots
  }
}

/** A map from pairs of numbers to numbers: an open-addressed hash table, at most half full. */
export class NumberPairs {
  #size = 0
  /** Triples: both numbers and one more than the value; zero where there is none. */
  #entries = new Int32Array(3 * 32)

  /** The value of the pair; where it has none, it is given `fallback`, unless that is -1. */
  valueOf(a: number, b: number, fallback: number): number {
    const at = this.#find(a, b)
    const value = (this.#entries[at + 2] as number) - 1 // in bounds
    if (value !== -1 || fallback === -1) return value
    this.#insert(at, a, b, fallback)
    return fallback
  }

  set(a: number, b: number, value: number): void {
    this.#insert(this.#find(a, b), a, b, value)
  }

  /** Where the pair is, or belongs. */
  #find(a: number, b: number): number {
    const entries = this.#entries
    const mask = entries.length / 3 - 1
    let hash = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b)
    hash ^= hash >>> 15
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = 3 * slot
      if (entries[at + 2] === 0 || (entries[at] === a && entries[at + 1] === b)) return at
    }
  }

  #insert(at: number, a: number, b: number, value: number): void {
    if (this.#entries[at + 2] === 0) this.#size++
    this.#entries[at] = a
    this.#entries[at + 1] = b
    this.#entries[at + 2] = value + 1
    if (6 * this.#size > this.#entries.length) this.#rehash()
  }

  #rehash(): void {
    const old = this.#entries
    this.#entries = new Int32Array(2 * old.length)
    this.#size = 0
    for (let at = 0; at < old.length; at += 3) {
      const value = (old[at + 2] as number) - 1 // in bounds
      if (value !== -1) this.set(old[at] as number, old[at + 1] as number, value) // in bounds
    }
  }
}

/** FNV-1a over the numbers, its high bits folded into those that choose the slot. */
function hashOf(values: ArrayLike<number>, length: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (values[i] as number), 0x01000193) // in bounds
  return (hash ^ (hash >>> 15)) >>> 0
}

function isSame(list: readonly number[], { values, length }: Numbers): boolean {
  if (list.length !== length) return false
  for (let i = 0; i < length; i++) if (list[i] !== values[i]) return false
  return true
}

function grown(values: Int32Array, length: number): Int32Array {
  const longer = new Int32Array(length)
  longer.set(values)
  return longer
}
