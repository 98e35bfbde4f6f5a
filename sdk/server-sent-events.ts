/**
 * Server-sent events as their bytes arrive, cut into whole events: https://html.spec.whatwg.org/multipage/server-sent-events.html. Lines end
 * in LF, CR or CRLF, an event in an empty line.
 */
const LF = 0x0a
const CR = 0x0d

/** Gathers bytes until they hold the end of an event. */
export class EventGatherer {
  private pieces: Uint8Array[] = []

  /** Whether the bytes so far end with an event. */
  get between(): boolean {
    return this.pieces.length === 0
  }

  /** Everything up to the last end of an event; undefined where there is none yet. */
  push(bytes: Uint8Array): Uint8Array | undefined {
    // An end may lie across the border: three bytes of it at most are in what came before.
    const all = this.pieces.length > 0 && lastEnd(this.seam(bytes)) > 0 ? this.take(bytes) : bytes
    const end = lastEnd(all)
    if (end === 0) {
      this.pieces.push(bytes)
      return undefined
    }
    const whole = all === bytes ? this.take(bytes.subarray(0, end)) : all.subarray(0, end)
    if (end < all.length) this.pieces.push(all.slice(end))
    return whole
  }

  /** What is left at the end of the stream, an event that never ended. */
  rest(): Uint8Array {
    return this.take(new Uint8Array())
  }

  private seam(bytes: Uint8Array): Uint8Array {
    return joined([...this.pieces.slice(-3).map(piece => piece.slice(-3)), bytes.slice(0, 3)])
  }

  private take(last: Uint8Array): Uint8Array {
    if (this.pieces.length === 0) return last
    const all = joined([...this.pieces, last])
    this.pieces = []
    return all
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** The index behind the last empty line; 0 where there is none. */
export function lastEnd(bytes: Uint8Array): number {
  for (let i = bytes.length - 1; i > 0; i--) {
    const byte = bytes[i]
    if (byte !== LF && byte !== CR) continue
    // A CRLF is one line end.
    const before = byte === LF && bytes[i - 1] === CR ? bytes[i - 2] : bytes[i - 1]
    if (before === LF || before === CR) return i + 1
  }
  return 0
}

const LINE_END = /\r\n|\n|\r/
const EVENT_END = /(?:\r\n|\n|\r(?!\n)){2}/g

/** The texts of the events, each with its end. */
export function eventsOf(text: string): readonly string[] {
  const events: string[] = []
  let start = 0
  for (const { index, 0: end } of text.matchAll(EVENT_END)) {
    events.push(text.slice(start, index + end.length))
    start = index + end.length
  }
  return start < text.length ? [...events, text.slice(start)] : events
}

/** The lines of `data` of an event, as a client joins them. */
export function dataOf(event: string): string {
  const lines = event.split(LINE_END).filter(line => line === 'data' || line.startsWith('data:'))
  return lines.map(line => line.slice('data:'.length).replace(/^ /, '')).join('\n')
}

/** The text of an event. A typed one is named after its type, as servers do that type their events. */
export function eventText(data: Readonly<Record<string, unknown>>): string {
  const name = typeof data['type'] === 'string' ? `event: ${data['type']}\n` : ''
  return `${name}data: ${JSON.stringify(data)}\n\n`
}
