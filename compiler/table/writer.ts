/** The raw material of a table: strings, lists and words, each kept once. */

export class StringPool {
  readonly strings: string[] = []
  private readonly known = new Map<string, number>()

  add(text: string): number {
    const known = this.known.get(text)
    if (known !== undefined) return known
    const index = this.strings.push(text) - 1
    this.known.set(text, index)
    return index
  }
}

/** Blocks of words, one after the other. */
export class WordPool {
  readonly words: number[] = []
  private readonly known = new Map<string, number>()

  /** The offset of the block. */
  add(block: readonly number[]): number {
    const key = block.join()
    const known = this.known.get(key)
    if (known !== undefined) return known
    const offset = this.words.length
    for (const word of block) this.words.push(word)
    this.known.set(key, offset)
    return offset
  }
}

export class ListPool {
  private readonly pool = new WordPool()

  get words(): readonly number[] {
    return this.pool.words
  }

  /** The offset of the list `[n, entry…]`. */
  add(entries: readonly number[]): number {
    return this.pool.add([entries.length, ...entries])
  }
}

export function wordBytes(words: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(words).buffer)
}

export function unitBytes(units: ArrayLike<number>): Uint8Array {
  return new Uint8Array(new Uint16Array(units).buffer)
}

/** Joins byte blocks, each padded to the next multiple of `align`, and tells where each begins. */
export function joinBytes(
  blocks: readonly Uint8Array[],
  align: number,
): { readonly bytes: Uint8Array; readonly offsets: readonly number[] } {
  const offsets: number[] = []
  let length = 0
  for (const block of blocks) {
    offsets.push(length)
    length += Math.ceil(block.length / align) * align
  }
  const bytes = new Uint8Array(length)
  blocks.forEach((block, i) => bytes.set(block, offsets[i]))
  return { bytes, offsets }
}
