/**
 * Tables with wrong checksums: the runtime refuses them, and a verification has to say what is wrong with them all the same.
 * So the sums are put right in a copy, and it is told which were wrong.
 */
import { blockSums, checksum } from '../../runtime/decide/block.js'
import { AUTOMATON_WORDS, CHUNK_WORDS, FINDER, FINDER_WORDS, headChecksum, sumCount } from '../../runtime/decide/table.js'
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
  const wrongAutomata = sealAutomata(words)
  sealFinders(words)
  return { bytes: copy, headWasWrong: sealHead(words), wrongAutomata }
}

/** The sums of the chunks of the head, and the one over these. @returns whether one was wrong */
function sealHead(words: Uint32Array): boolean {
  const headWords = Math.min((words[3] ?? 0) >> 2, words.length)
  const signed = signedOf(words)
  const before = words.slice()
  for (let chunk = 1; chunk <= sumCount(headWords); chunk++) {
    const from = chunk * CHUNK_WORDS
    signed[headWords + chunk - 1] = checksum(signed, from, Math.min(from + CHUNK_WORDS, headWords))
  }
  signed[2] = headChecksum(signed.subarray(0, headWords + sumCount(headWords)), headWords)
  return words.some((word, i) => word !== before[i])
}

function signedOf(words: Uint32Array): Int32Array {
  return new Int32Array(words.buffer, words.byteOffset, words.length)
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

/** @param word the place of a block's offset, length and the checksum of its sums @returns whether a sum was wrong */
function sealBlock(words: Uint32Array, word: number): boolean {
  const start = (sectionAt(words, 'bytes').start + (words[word] ?? 0)) >> 2
  const end = start + ((words[word + 1] ?? 0) >> 2)
  const sums = blockSums(signedOf(words.subarray(start, end)))
  const sum = checksum(sums) >>> 0
  const wasRight = words[word + 2] === sum && sums.every((each, i) => words[end + i] === each >>> 0)
  // Cut off where the table ends before them.
  words.subarray(end).set(sums.subarray(0, Math.max(0, words.length - end)))
  words[word + 2] = sum
  return !wasRight
}
