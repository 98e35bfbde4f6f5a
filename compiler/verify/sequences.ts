/** Sequences of integers, each kept once and known by number: the keys of the walks, which make no text of them. */
export class Sequences {
  #data = new Int32Array(256)
  #starts = new Int32Array(64)
  #count = 0
  /** Open-addressed, at most half full: one more than the number of a sequence. */
  #slots = new Int32Array(128)

  get count(): number {
    return this.#count
  }

  /** The number of the first `length` integers of `from`; the next free one where they are new. */
  intern(from: ArrayLike<number>, length = from.length): number {
    const mask = this.#slots.length - 1
    let slot = hashOf(from, length) & mask
    for (let known = this.#slots[slot] ?? 0; known !== 0; known = this.#slots[slot] ?? 0) {
      if (this.#holds(known - 1, from, length)) return known - 1
      slot = (slot + 1) & mask
    }
    this.#slots[slot] = this.#count + 1
    return this.#add(from, length)
  }

  /** Entry `index` of a sequence. */
  at(number: number, index: number): number {
    return this.#data[(this.#starts[number] ?? 0) + index] ?? 0
  }

  lengthOf(number: number): number {
    return (this.#starts[number + 1] ?? 0) - (this.#starts[number] ?? 0)
  }

  /** A copy of the sequence. */
  get(number: number): Int32Array {
    return this.#data.slice(this.#starts[number], this.#starts[number + 1])
  }

  #holds(number: number, from: ArrayLike<number>, length: number): boolean {
    const start = this.#starts[number] ?? 0
    if ((this.#starts[number + 1] ?? 0) - start !== length) return false
    for (let i = 0; i < length; i++) if (this.#data[start + i] !== from[i]) return false
    return true
  }

  #add(from: ArrayLike<number>, length: number): number {
    const start = this.#starts[this.#count] ?? 0
    while (start + length > this.#data.length) this.#data = grown(this.#data)
    for (let i = 0; i < length; i++) this.#data[start + i] = from[i] ?? 0
    if (this.#count + 2 > this.#starts.length) this.#starts = grown(this.#starts)
    this.#starts[this.#count + 1] = start + length
    this.#count++
    if (2 * this.#count > this.#slots.length) this.#rehash()
    return this.#count - 1
  }

  #rehash(): void {
    const mask = 2 * this.#slots.length - 1
    this.#slots = new Int32Array(mask + 1)
    for (let number = 0; number < this.#count; number++) {
      const sequence = this.get(number)
      let slot = hashOf(sequence, sequence.length) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = number + 1
    }
  }
}

function hashOf(from: ArrayLike<number>, length: number): number {
  let hash = length
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (from[i] ?? 0), 0x9e3779b1) ^ (hash >>> 15)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Twice the size, the content kept. */
export function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length)
  larger.set(array)
  return larger
}
