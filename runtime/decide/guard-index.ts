/**
 * The guards of a table: which statements a text of a field can make apply. A statement with a guard needs one of a few
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

/** The lists of statements (offsets) of all grams that the text holds, each once, however often the text repeats it. */
export function gramLists(table: Table, symbols: Symbols): ReadonlySet<number> {
  const found = new Set<number>()
  const slots = table.count(SECTION.grams)
  const lengths = table.setting('gramLengths')
  const entries = table.view(SECTION.grams, 2 * slots)
  let window = 0
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i] as number // in bounds
    window = ((window << 7) | (symbol < ASCII ? symbol : OTHER)) & MASKS[GRAM_LENGTH]
    for (let length = 1; length <= GRAM_LENGTH && length <= i + 1; length++) {
      if ((lengths & (1 << length)) === 0) continue
      const gram = withLength(window & (MASKS[length] as number), length) // a length of the masks
      for (let slot = gramSlot(gram, slots); entries[2 * slot] !== 0; slot = (slot + 1) & (slots - 1)) {
        if (entries[2 * slot] === gram + 1) found.add(entries[2 * slot + 1] as number) // pairs
      }
    }
  }
  return found
}
