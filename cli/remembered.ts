/**
 * What was found lately, by text. Two generations: what is asked for again moves to the young one, and when that is full the old one is
 * forgotten. So memory is bounded, and no order has to be kept.
 */
export class Remembered<T> {
  #young = new Map<string, Kept<T>>()
  #old = new Map<string, Kept<T>>()
  #characters = 0

  /** @param most characters of keys and values in each generation */
  constructor(private readonly most: number) {}

  get(key: string): T | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young.value
    const old = this.#old.get(key)
    if (old !== undefined) this.#keep(key, old)
    return old?.value
  }

  /** @param characters how long the value is; one that would take a good part of all the space is not kept */
  keep(key: string, value: T, characters: number): void {
    const all = key.length + characters
    if (all <= this.most / 16) this.#keep(key, { value, characters: all })
  }

  clear(): void {
    this.#young = new Map()
    this.#old = new Map()
    this.#characters = 0
  }

  #keep(key: string, kept: Kept<T>): void {
    if (this.#characters + kept.characters > this.most) {
      this.#old = this.#young
      this.#young = new Map()
      this.#characters = 0
    }
    this.#young.set(key, kept)
    this.#characters += kept.characters
  }
}

interface Kept<T> {
  readonly value: T
  /** Of key and value. */
  readonly characters: number
}
