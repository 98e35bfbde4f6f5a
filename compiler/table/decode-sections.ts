import { HEADER_WORDS, SECTION } from '../../runtime/decide/table.js'

export interface DecodedSection {
  readonly name: keyof typeof SECTION
  /** Entries, as the section counts them. */
  readonly count: number
  readonly offset: number
  /** Bytes, with those that pad it. */
  readonly size: number
}

/** The sections of a table in the order in which they lie. */
export function decodeSections(bytes: Uint8Array): readonly DecodedSection[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const word = (index: number) => view.getUint32(4 * index, true)
  const names = Object.keys(SECTION) as (keyof typeof SECTION)[] // its own keys
  const found = names.map(name => {
    const at = HEADER_WORDS + 2 * SECTION[name]
    return { name, offset: word(at), count: word(at + 1) }
  })
  // An empty section lies where the next one does.
  found.sort((a, b) => a.offset - b.offset || a.count - b.count)
  const headEnd = word(3)
  return found.map((section, i) => {
    const next = found[i + 1]?.offset ?? bytes.length
    // The sums of the head stand between its last section and the body.
    return { ...section, size: (section.offset < headEnd ? Math.min(next, headEnd) : next) - section.offset }
  })
}
