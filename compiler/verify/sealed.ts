/**
 * Tables with wrong checksums: the runtime refuses them, and a verification has to say what is wrong with them all the same.
 * So the sums are put right in a copy, and it is told which were wrong.
 */
import { AUTOMATON_WORDS, checksum, FINDER, FINDER_WORDS, headChecksum } from '../../runtime/decide/table.js'
import { type SectionName, sectionAt } from './sections.js'

export interface Sealed {
  readonly bytes: Uint8Array
  readonly headWasWrong: boolean
  /** The automata whose checksums were wrong. */
  readonly wrongAutomata: readonly number[]
}

/** @returns the very bytes where every checksum is right, or none can be found */
export function sealed(bytes: Uint8Array): Sealed {
  const copy = Uint8Array.from(bytes)
  const words = new Uint32Array(copy.buffer, 0, copy.length >> 2)
  const head = words.subarray(0, (words[3] ?? 0) >> 2)
  const headWasWrong = words[2] !== headChecksum(head)
  const wrongAutomata = sealAutomata(words)
  sealFinders(words)
  words[2] = headChecksum(head)
  return { bytes: copy, headWasWrong, wrongAutomata }
}

function sealAutomata(words: Uint32Array): readonly number[] {
  const wrong: number[] = []
  for (const [index, word] of entriesOf(words, 'automata', AUTOMATON_WORDS).entries()) if (sealBlock(words, word)) wrong.push(index)
  return wrong
}

/** What a search for literals must find is proved, whatever its sum says. */
function sealFinders(words: Uint32Array): void {
  for (const word of entriesOf(words, 'finders', FINDER_WORDS)) if (words[word + 1] === FINDER.automaton) sealBlock(words, word + 2)
}

/** The place of each entry of a section, as far as the table reaches. */
function entriesOf(words: Uint32Array, name: SectionName, size: number): readonly number[] {
  const { start, count } = sectionAt(words, name)
  const first = start >> 2
  const most = Math.max(0, Math.floor((words.length - first) / size))
  return Array.from({ length: Math.min(count, most) }, (_, index) => first + size * index)
}

/** @param word the place of a block's offset, length and sum @returns whether the sum was wrong */
function sealBlock(words: Uint32Array, word: number): boolean {
  const start = (sectionAt(words, 'bytes').start + (words[word] ?? 0)) >> 2
  const sum = checksum(words.subarray(start, start + ((words[word + 1] ?? 0) >> 2)))
  if (words[word + 2] === sum) return false
  words[word + 2] = sum
  return true
}
