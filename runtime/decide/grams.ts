/**
 * Grams: literals too many for an automaton are each found by one short piece of theirs, up to four neighbouring characters, packed
 * into a word and looked up in a hash table. It takes a few words a literal, however long the literals are.
 */
/** The longest gram, in characters. */
export const GRAM_LENGTH = 4

/** The gram that ends here, with its length: seven bits a character, two for the length. */
export function packGram(gram: string): number {
  let packed = 0
  for (let i = 0; i < gram.length; i++) packed = (packed << 7) | gram.charCodeAt(i)
  return withLength(packed, gram.length)
}

/** Words of the bit set of the pairs of characters that grams end in. */
export const GRAM_END_WORDS = 512

/** Calls `visit` with every pair of characters, packed, that a gram can end in: a single character may follow any. */
export function eachGramEnd(gram: string, visit: (pair: number) => void): void {
  const last = gram.charCodeAt(gram.length - 1)
  if (gram.length > 1) visit((gram.charCodeAt(gram.length - 2) << 7) | last)
  else for (let before = 0; before < 128; before++) visit((before << 7) | last)
}

const MASKS = [0, 0x7f, 0x3fff, 0x1fffff, 0xfffffff] as const

function withLength(packed: number, length: number): number {
  return (packed * 4 + length - 1) >>> 0
}

/** The slot where the search for a gram begins: the upper bits of the product, on which all characters tell. @param slots a power of two, at least two */
export function gramSlot(packed: number, slots: number): number {
  return Math.imul(packed, 0x9e3779b1) >>> (Math.clz32(slots) + 1)
}

/** The grams of the literals of one field. */
export class Grams {
  private readonly slots: number

  /**
   * @param pairs the hash table: gram + 1 and what it stands for; a power of two of them
   * @param ends a bit for every pair of characters: whether some gram ends in it
   * @param lengths those of the grams, ascending
   */
  constructor(
    private readonly pairs: Uint32Array,
    private readonly ends: Uint32Array,
    private readonly lengths: readonly number[],
  ) {
    this.slots = pairs.length / 2
  }

  /**
   * Adds what each gram in the text stands for, as often as the text holds it; now and then one that it does not hold, since what is not
   * ASCII runs into what stands before it.
   */
  scan(text: string, to: { add(entry: number): void }): void {
    const { ends } = this
    const { length } = text
    let window = 0
    for (let i = 0; i < length; ) {
      let endsHere: number
      // Without a call, so that nothing but the text is looked at anew.
      do {
        window = ((window << 7) | text.charCodeAt(i++)) & 0xfffffff
        endsHere = (ends[(window & 0x3fff) >> 5] as number) & (1 << (window & 31)) // the index has 14 bits
      } while (endsHere === 0 && i < length)
      if (endsHere !== 0) this.find(window, to)
    }
  }

  /** Adds what the grams stand for that end where the window does. */
  private find(window: number, to: { add(entry: number): void }): void {
    const { pairs, slots, lengths } = this
    for (let l = 0; l < lengths.length; l++) {
      const gramLength = lengths[l] as number // in bounds
      const gram = (window & (MASKS[gramLength] as number)) * 4 + gramLength // and one, a length of the masks
      for (let slot = gramSlot(gram - 1, slots), found = 1; found !== 0; slot = (slot + 1) & (slots - 1)) {
        found = pairs[2 * slot] as number // in bounds
        if (found === gram) to.add(pairs[2 * slot + 1] as number)
      }
    }
  }
}
