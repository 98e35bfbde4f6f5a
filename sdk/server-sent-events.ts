/**
 * Server-sent events as their bytes arrive, cut into whole events: https://html.spec.whatwg.org/multipage/server-sent-events.html. Lines end
 * in LF, CR or CRLF, an event in an empty line.
 */
const LF = 0x0a
const CR = 0x0d

/** Gathers bytes until they hold the end of an event. */
export class EventGatherer {
  private pieces: Uint8Array[] = []

  /** Everything up to the last end of an event; undefined where there is none yet. */
  push(bytes: Uint8Array): Uint8Array | undefined {
    // Where one ends within the bytes, what came before does not matter; else an end may lie across the border, three bytes of it at most before.
    const end = lastEnd(bytes) || this.endAcross(bytes)
    if (end === 0) {
      if (bytes.length > 0) this.pieces.push(bytes)
      return undefined
    }
    if (end === bytes.length) return this.take(bytes)
    const whole = this.take(bytes.subarray(0, end))
    this.pieces.push(bytes.subarray(end))
    return whole
  }

  /** What is left at the end of the stream, an event that never ended. */
  rest(): Uint8Array {
    return this.take(new Uint8Array())
  }

  /** How many of the bytes belong to an end that began before them. */
  private endAcross(bytes: Uint8Array): number {
    if (this.pieces.length === 0) return 0
    const before = joined(this.pieces.slice(-3).map(piece => piece.slice(-3)))
    return Math.max(0, lastEnd(joined([before, bytes.slice(0, 3)])) - before.length)
  }

  private take(last: Uint8Array): Uint8Array {
    if (this.pieces.length === 0) return last
    this.pieces.push(last)
    const all = joined(this.pieces)
    this.pieces = []
    return all
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const piece of pieces) length += piece.length
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** The index behind the last empty line; 0 where there is none. */
function lastEnd(bytes: Uint8Array): number {
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
