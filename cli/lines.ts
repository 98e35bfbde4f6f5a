/** Lines of a byte stream, however it is cut into chunks. */

export type Line = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'too-long' } | { readonly kind: 'not-utf8' }

/** Longer than any request the hook itself would read, short enough that one bad line cannot take all memory. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024

const NEWLINE = 0x0a

export class LineSplitter {
  #pieces: Uint8Array[] = []
  #length = 0
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  readonly #maxBytes: number

  constructor(maxBytes = MAX_LINE_BYTES) {
    this.#maxBytes = maxBytes
  }

  /** The lines that this chunk completes. */
  push(chunk: Uint8Array): readonly Line[] {
    const lines: Line[] = []
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      this.#keep(chunk.subarray(from, at))
      lines.push(this.#take())
      from = at + 1
    }
    this.#keep(chunk.subarray(from))
    return lines
  }

  /** The last line, where the input does not end in a newline. */
  end(): readonly Line[] {
    return this.#length === 0 ? [] : [this.#take()]
  }

  /** INVARIANT: pieces are copies, since a stream may reuse its chunk; past the limit only the length goes on. */
  #keep(piece: Uint8Array): void {
    this.#length += piece.length
    if (this.#length > this.#maxBytes) this.#pieces = []
    else if (piece.length > 0) this.#pieces.push(piece.slice())
  }

  #take(): Line {
    const tooLong = this.#length > this.#maxBytes
    const bytes = Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#length = 0
    return tooLong ? { kind: 'too-long' } : this.#decode(bytes)
  }

  #decode(bytes: Uint8Array): Line {
    try {
      return { kind: 'text', text: this.#decoder.decode(bytes) }
    } catch {
      return { kind: 'not-utf8' }
    }
  }
}
