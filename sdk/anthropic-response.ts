/** Bodies of responses on their way to the client: JSON, server-sent events, lines of JSON. Whoever reads them, the raw ones included, reads what was decided. */
import { EventStream, type Piece } from './anthropic-events.js'
import { type Decide, gateMessage, isMap, parseJson } from './anthropic-message.js'

/** What a body goes through. */
interface Passage {
  /** @param text what arrived */
  push(text: string): Iterable<Piece>
  /** Nothing more arrives. */
  end(): Iterable<Piece>
}

/**
 * The response with every tool call of its message decided. Nothing is read before somebody reads it.
 * @param method of the request; an answer to a `GET` holds messages where it is lines of results
 * @throws TypeError for bodies that cannot be read here: events in the binary frames of AWS
 */
export function gateResponse(response: Response, method: string, decide: Decide): Response {
  const { body, ok, headers } = response
  if (!ok || body === null) return response
  const type = headers.get('content-type') ?? ''
  if (type.includes('vnd.amazon.eventstream'))
    throw new TypeError('agsec cannot read binary event streams: this needs @anthropic-ai/sdk 0.101 or newer')
  if (type.includes('jsonl')) return replaced(response, body, new Lines(decide))
  return method.toUpperCase() === 'GET' ? response : replaced(response, body, new Unknown(decide))
}

function replaced(response: Response, body: ReadableStream<Uint8Array>, passage: Passage): Response {
  const headers = new Headers(response.headers)
  for (const name of ['content-length', 'content-encoding']) headers.delete(name)
  const { status, statusText, url } = response
  return Object.defineProperty(new Response(through(body, passage), { status, statusText, headers }), 'url', { value: url })
}

function through(body: ReadableStream<Uint8Array>, passage: Passage): ReadableStream<Uint8Array> {
  const reader = readerOf(body)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (let sent = false; !sent; ) {
          const { value, done } = await reader.read()
          sent = await send(controller, done ? passage.end() : passage.push(decoder.decode(value, { stream: true })))
          if (done) return controller.close()
        }
      },
      cancel: reason => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

interface Reader {
  read(): Promise<{ readonly value?: Uint8Array | undefined; readonly done: boolean }>
  cancel(reason: unknown): Promise<void>
}

/** Responses of other makers of `fetch` have bodies that can only be iterated. */
function readerOf(body: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): Reader {
  if ('getReader' in body) return body.getReader()
  const iterator = body[Symbol.asyncIterator]()
  const read = async () => {
    const { value, done } = await iterator.next()
    return done === true ? { done } : { value, done: false }
  }
  const cancel = async () => {
    await iterator.return?.()
  }
  return { read, cancel }
}

const encoder = new TextEncoder()

/** Sends what there is before it waits for a person. */
async function send(controller: ReadableStreamDefaultController<Uint8Array>, pieces: Iterable<Piece>): Promise<boolean> {
  let text = ''
  let sent = false
  const flush = () => {
    if (text === '') return
    controller.enqueue(encoder.encode(text))
    text = ''
    sent = true
  }
  for (const piece of pieces) {
    if (typeof piece !== 'string') flush()
    text += typeof piece === 'string' ? piece : await piece
  }
  flush()
  return sent
}

/** JSON or events, as the first character tells: clients go by what they asked for and not by the content type, and so does no proxy. */
class Unknown implements Passage {
  #passage: Passage | undefined

  constructor(readonly decide: Decide) {}

  push(text: string): Iterable<Piece> {
    if (this.#passage === undefined && /\S/.test(text)) {
      this.#passage = /^\s*[[{]/.test(text) ? new Whole(this.decide) : new EventStream(this.decide)
    }
    return this.#passage?.push(text) ?? []
  }

  end(): Iterable<Piece> {
    return this.#passage?.end() ?? []
  }
}

/** One JSON text. */
class Whole implements Passage {
  #text = ''

  constructor(readonly decide: Decide) {}

  push(text: string): Iterable<Piece> {
    this.#text += text
    return []
  }

  end(): Iterable<Piece> {
    return [gateText(this.#text, this.decide)]
  }
}

/** The results of a batch, one a line: `{ custom_id, result: { type, message } }`. */
class Lines implements Passage {
  #rest = ''

  constructor(readonly decide: Decide) {}

  *push(text: string): Iterable<Piece> {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) yield gateResult(line, this.decide).then(gated => `${gated}\n`)
  }

  end(): Iterable<Piece> {
    return [gateResult(this.#rest, this.decide)]
  }
}

async function gateText(text: string, decide: Decide): Promise<string> {
  const message = parseJson(text)
  if (!isMap(message)) return text
  const gated = await gateMessage(message, decide)
  return gated === message ? text : JSON.stringify(gated)
}

async function gateResult(line: string, decide: Decide): Promise<string> {
  const entry = parseJson(line)
  if (!isMap(entry) || !isMap(entry.result) || !isMap(entry.result.message)) return line
  const message = await gateMessage(entry.result.message, decide)
  return message === entry.result.message ? line : JSON.stringify({ ...entry, result: { ...entry.result, message } })
}
