/** Lines of a byte stream, however it is cut into chunks. */
import { isUtf8 } from 'node:buffer'

export type Line = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'too-long' } | { readonly kind: 'not-utf8' }

/** Longer than any request the hook itself would read, short enough that one bad line cannot take all memory. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024

const NEWLINE = 0x0a
const BYTE_ORDER_MARK = 0xfeff

export class LineSplitter {
  /** The beginning of a line whose end has not come yet. */
  #pieces: Uint8Array[] = []
  #length = 0
  readonly #maxBytes: number

  constructor(maxBytes = MAX_LINE_BYTES) {
    this.#maxBytes = maxBytes
  }

  /** The lines that this chunk completes. */
  push(chunk: Uint8Array): readonly Line[] {
    const lines: Line[] = []
    const from = this.#length === 0 ? 0 : this.#complete(chunk, lines)
    const end = chunk.lastIndexOf(NEWLINE)
    if (from <= end) this.#addWhole(chunk.subarray(from, end), lines)
    this.#keep(chunk.subarray(Math.max(from, end + 1)))
    return lines
  }

  /** The last line, where the input does not end in a newline. */
  end(): readonly Line[] {
    return this.#length === 0 ? [] : [this.#take()]
  }

  /** Ends the line that has begun, and tells where the next one starts. */
  #complete(chunk: Uint8Array, lines: Line[]): number {
    const end = chunk.indexOf(NEWLINE)
    this.#keep(end === -1 ? chunk : chunk.subarray(0, end))
    if (end === -1) return chunk.length
    lines.push(this.#take())
    return end + 1
  }

  /** Lines that lie in one chunk are decoded together: one by one, that alone took as long as to parse them. */
  #addWhole(bytes: Uint8Array, lines: Line[]): void {
    if (bytes.length <= this.#maxBytes && isUtf8(bytes)) {
      for (const text of decoded(bytes).split('\n')) lines.push({ kind: 'text', text: withoutMark(text) })
      return
    }
    for (let from = 0; from <= bytes.length; ) {
      const newline = bytes.indexOf(NEWLINE, from)
      const end = newline === -1 ? bytes.length : newline
      lines.push(this.#lineOf(bytes.subarray(from, end)))
      from = end + 1
    }
  }

  /** INVARIANT: pieces are copies, since a stream may reuse its chunk; past the limit only the length goes on. */
  #keep(piece: Uint8Array): void {
    this.#length += piece.length
    if (this.#length > this.#maxBytes) this.#pieces = []
    else if (piece.length > 0) this.#pieces.push(piece.slice())
  }

  #take(): Line {
    const line: Line = this.#length > this.#maxBytes ? { kind: 'too-long' } : this.#lineOf(Buffer.concat(this.#pieces))
    this.#pieces = []
    this.#length = 0
    return line
  }

  #lineOf(bytes: Uint8Array): Line {
    if (bytes.length > this.#maxBytes) return { kind: 'too-long' }
    return isUtf8(bytes) ? { kind: 'text', text: withoutMark(decoded(bytes)) } : { kind: 'not-utf8' }
  }
}

function decoded({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('utf8')
}

/** Files of some editors begin with a mark that is no part of the text. */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text
}
