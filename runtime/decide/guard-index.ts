/**
 * The literals of the guards of a table: which statements a text of a field can make apply. A statement with such a guard needs one of a few
 * literals in that text; each literal is found by one of its grams, up to four neighbouring characters, packed into a word
 * and looked up in a hash table: one pass over the text finds the candidates among any number of statements.
 */
import type { Symbols } from './symbols.js'
import { ASCII, SECTION, type Table } from './table.js'

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

/** The slot where the search for a gram begins. */
export function gramSlot(packed: number, slots: number): number {
  return (Math.imul(packed, 0x9e3779b1) >>> 7) & (slots - 1)
}

/** The character that stands for every non-ASCII one: no literal of a guard holds it. */
const OTHER = 127

const NO_LISTS: readonly number[] = []

/** How candidates are asked for by what a text holds. */
export interface LiteralIndex {
  /** Lists (offsets) that together name every statement with a guard that the text meets, and perhaps others. */
  listsMet(text: Symbols): readonly number[]
}

/** The guards of one table, ready to be looked up. */
export class GuardIndex implements LiteralIndex {
  private readonly slots: number
  private readonly entries: Uint32Array
  /** A bit for every pair of characters: whether some gram ends in it. */
  private readonly ends: Uint32Array
  /** The lengths of the grams, ascending. */
  private readonly lengths: readonly number[]

  constructor(table: Table) {
    this.slots = table.count(SECTION.grams)
    this.entries = table.view(SECTION.grams, 2 * this.slots)
    this.ends = table.view(SECTION.gramEnds, GRAM_END_WORDS)
    const mask = table.setting('gramLengths')
    this.lengths = [1, 2, 3, 4].filter(length => (mask & (1 << length)) !== 0)
  }

  /** The lists (offsets) of the statements of all grams in the text, each once however often the text repeats it. */
  listsMet({ units, length }: Symbols): readonly number[] {
    const { lengths, ends } = this
    let lists: number[] | undefined
    let window = 0
    for (let i = 0; i < length; i++) {
      const symbol = units[i] as number // in bounds
      window = ((window << 7) | (symbol < ASCII ? symbol : OTHER)) & 0xfffffff
      if (((ends[(window & 0x3fff) >> 5] as number) & (1 << (window & 31))) === 0) continue // the index has 14 bits
      for (let l = 0; l < lengths.length; l++) {
        const gramLength = lengths[l] as number // in bounds
        if (gramLength > i + 1) break
        const list = this.find((window & (MASKS[gramLength] as number)) * 4 + gramLength - 1) // a length of the masks
        if (list !== 0 && !lists?.includes(list - 1)) (lists ??= []).push(list - 1)
      }
    }
    return lists ?? NO_LISTS
  }

  /** One more than the list of the gram's statements; zero where no guard has it. */
  private find(gram: number): number {
    const { entries, slots } = this
    for (let slot = gramSlot(gram, slots); ; slot = (slot + 1) & (slots - 1)) {
      const entry = entries[2 * slot]
      if (entry === 0) return 0
      if (entry === gram + 1) return (entries[2 * slot + 1] as number) + 1 // pairs
    }
  }
}
