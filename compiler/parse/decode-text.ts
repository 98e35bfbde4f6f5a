/** Bytes of a file → text, or where they are not UTF-8. */
import { isUtf8 } from 'node:buffer'

export type DecodedText = { readonly kind: 'text'; readonly text: string } | InvalidText

export interface InvalidText {
  readonly kind: 'invalid'
  /** With replacement characters for what cannot be read. */
  readonly text: string
  /** Of the first of them, in UTF-16 units. */
  readonly offset: number
  readonly byteOffset: number
  readonly byte: number
}

/** A byte order mark is dropped. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const text = new TextDecoder('utf-8').decode(bytes)
  return isUtf8(bytes) ? { kind: 'text', text } : { kind: 'invalid', text, ...firstInvalid(bytes, text) }
}

function firstInvalid(bytes: Uint8Array, text: string): { readonly offset: number; readonly byteOffset: number; readonly byte: number } {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const byteOffset = mark + firstDifference(bytes.subarray(mark), new TextEncoder().encode(text))
  const offset = new TextDecoder('utf-8').decode(bytes.subarray(0, byteOffset)).length
  return { offset, byteOffset, byte: bytes[byteOffset] ?? 0 }
}

/** Text and bytes agree up to the first replacement character; back to its start, since its own first byte may agree too. */
function firstDifference(bytes: Uint8Array, encoded: Uint8Array): number {
  let at = 0
  while (at < bytes.length && bytes[at] === encoded[at]) at++
  while (at > 0 && ((encoded[at] ?? 0) & 0xc0) === 0x80) at--
  return at
}
