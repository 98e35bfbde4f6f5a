/** Where the sections of a table lie, from its header alone. */
import { HEADER_WORDS, SECTION } from '../../runtime/decide/table.js'

export type SectionName = keyof typeof SECTION

export const SECTION_NAMES = Object.keys(SECTION) as readonly SectionName[] // its own keys

/** @param words the words of the table */
export function sectionAt(words: Uint32Array, name: SectionName): { readonly start: number; readonly count: number } {
  const word = HEADER_WORDS + 2 * SECTION[name]
  return { start: words[word] ?? 0, count: words[word + 1] ?? 0 }
}

/** A copy, so that it may lie anywhere in its buffer. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer, 0, bytes.length >> 2)
}
