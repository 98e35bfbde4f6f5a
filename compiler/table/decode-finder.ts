/** How the literals of one field are found, read back from the table. */
import { FINDER, FINDER_WORDS, type LiteralTable, SECTION, type Table } from '../../runtime/decide/table.js'
import { fieldName } from './decode-field.js'

export type DecodedFinder = DecodedGrams | DecodedLiteralAutomaton

export interface DecodedGrams {
  readonly kind: 'grams'
  readonly field: string
  readonly grams: readonly { readonly gram: string; readonly literals: readonly number[] }[]
}

export interface DecodedLiteralAutomaton {
  readonly kind: 'automaton'
  readonly field: string
  readonly automaton: LiteralTable
  /** The literals found in each state from `firstEnd` on. */
  readonly ends: readonly (readonly FoundLiteral[])[]
}

export interface FoundLiteral {
  readonly literal: number
  /** No word character may follow, or stand that many characters before its end; 0 where any may. */
  readonly after: boolean
  readonly before: number
}

/** @throws where the block of an automaton is damaged */
export function decodeFinder(table: Table, finder: number): DecodedFinder {
  const word = (i: number) => table.word(SECTION.finders, FINDER_WORDS * finder + i)
  const field = fieldName(table, word(0))
  if (word(1) === FINDER.grams) return { kind: 'grams', field, grams: decodeGrams(table, word(2), word(3)) }
  const ends = table.list(word(8)).map(list => foundLiterals(table.list(list)))
  const automaton = table.literalAutomaton(finder)
  automaton.block.compare()
  return { kind: 'automaton', field, automaton, ends }
}

/** @param list [literal, edges…] */
export function foundLiterals(list: readonly number[]): readonly FoundLiteral[] {
  return Array.from({ length: list.length >> 1 }, (_, i) => {
    const edges = list[2 * i + 1] ?? 0
    return { literal: list[2 * i] ?? 0, after: (edges & 1) === 1, before: edges >>> 1 }
  })
}

function decodeGrams(table: Table, first: number, count: number): DecodedGrams['grams'] {
  return Array.from({ length: count }, (_, slot) => 2 * (first + slot)).flatMap(word => {
    const packed = table.word(SECTION.grams, word)
    return packed === 0 ? [] : [{ gram: unpackGram(packed - 1), literals: table.list(table.word(SECTION.grams, word + 1)) }]
  })
}

/** The inverse of `packGram`: seven bits a character, the last one lowest, above two for the length. */
function unpackGram(packed: number): string {
  const length = (packed & 3) + 1
  return String.fromCharCode(...Array.from({ length }, (_, at) => (packed >>> (2 + 7 * (length - 1 - at))) & 127))
}
