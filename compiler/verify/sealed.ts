/**
 * Tables with wrong checksums: the runtime refuses them, and a verification has to say what is wrong with them all the same.
 * So the sums are put right in a copy, and it is told which were wrong.
 */
import { AUTOMATON_WORDS, checksum, headChecksum } from '../../runtime/decide/table.js'
import { sectionAt } from './sections.js'

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
  words[2] = headChecksum(head)
  return { bytes: copy, headWasWrong, wrongAutomata }
}

function sealAutomata(words: Uint32Array): readonly number[] {
  const { start: at, count } = sectionAt(words, 'automata')
  const { start: blocks } = sectionAt(words, 'bytes')
  const wrong: number[] = []
  for (let index = 0; index < count && (at >> 2) + AUTOMATON_WORDS * (index + 1) <= words.length; index++) {
    const word = (at >> 2) + AUTOMATON_WORDS * index
    const start = (blocks + (words[word] ?? 0)) >> 2
    const sum = checksum(words.subarray(start, start + ((words[word + 1] ?? 0) >> 2)))
    if (words[word + 2] === sum) continue
    words[word + 2] = sum
    wrong.push(index)
  }
  return wrong
}
