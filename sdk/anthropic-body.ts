/** A body that arrives in pieces and goes on decided. What has been decided goes on before a person is waited for. */

import type { Body } from './response-body.js'

/** Text for the client; a promise where a person is asked. */
export type Piece = string | Promise<string>

/** What a body goes through. */
export interface Passage {
  /** Of what has arrived what can be looked at; undefined where it takes more. */
  gather(bytes: Uint8Array): Uint8Array | undefined
  /** Whether bytes that were gathered may go on as they are, unread. */
  passes(bytes: Uint8Array): boolean
  /** @param text what was gathered */
  push(text: string): Iterable<Piece>
  /** Nothing more arrives. */
  end(): Iterable<Piece>
}

type Read = IteratorResult<Uint8Array>

const OVER: Read = { value: undefined, done: true }
const encoder = new TextEncoder()

/** Nothing is read before somebody asks. Asked by one reader, one piece after the other. */
export class GatedBody implements Body {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #pieces: Iterator<Piece> | undefined
  /** A person decides about what follows. */
  #waiting: Promise<string> | undefined
  #isOver = false

  constructor(
    readonly source: AsyncIterator<Uint8Array>,
    readonly passage: Passage,
  ) {}

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<Read> {
    if (this.#pieces !== undefined) return this.#advance(this.#pieces)
    return this.#isOver ? Promise.resolve(OVER) : this.source.next().then(this.#received)
  }

  async return(): Promise<Read> {
    this.#isOver = true
    this.#pieces = undefined
    await this.source.return?.()
    return OVER
  }

  readonly #received = (read: Read): Read | Promise<Read> => {
    if (read.done === true) {
      this.#isOver = true
      return this.#started(this.passage.end())
    }
    const { value } = read
    const gathered = this.passage.gather(value)
    if (gathered === undefined) return this.next()
    if (this.passage.passes(gathered)) return gathered === value ? read : { value: gathered, done: false }
    return this.#started(this.passage.push(this.#decoder.decode(gathered, { stream: true })))
  }

  #started(pieces: Iterable<Piece>): Promise<Read> {
    this.#pieces = pieces[Symbol.iterator]()
    return this.#advance(this.#pieces)
  }

  async #advance(pieces: Iterator<Piece>): Promise<Read> {
    let text = (await this.#waiting) ?? ''
    this.#waiting = undefined
    for (let { value, done } = pieces.next(); ; { value, done } = pieces.next()) {
      if (done === true) {
        this.#pieces = undefined
        break
      }
      if (typeof value !== 'string' && text !== '') {
        this.#waiting = value
        break
      }
      text += typeof value === 'string' ? value : await value
    }
    return text === '' ? this.next() : { value: encoder.encode(text), done: false }
  }
}
