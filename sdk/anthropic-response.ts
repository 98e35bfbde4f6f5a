/** Bodies of responses on their way to the client: JSON, server-sent events, lines of JSON. Whoever reads them, the raw ones included, reads what was decided. */
import { GatedBody, type Passage, type Piece } from './anthropic-body.js'
import { EventStream } from './anthropic-events.js'
import { type Decide, gateMessage, isMap, parseJson } from './anthropic-message.js'
import { bytesOf, withStream } from './response-body.js'

/** Of a request what tells which answer it gets. */
export interface Asked {
  readonly method?: string | undefined
  readonly url: unknown
}

/**
 * The response with every tool call of its message decided. Nothing is read before somebody reads it. An answer to a `GET` holds messages where
 * it is the results of a batch.
 * @throws TypeError for bodies that cannot be read here: events in the binary frames of AWS
 */
export function gateResponse(response: Response, { method = 'GET', url }: Asked, decide: Decide): Response {
  const { body, ok, headers } = response
  if (!ok || body === null) return response
  const type = headers.get('content-type') ?? ''
  if (type.includes('vnd.amazon.eventstream'))
    throw new TypeError('agsec cannot read binary event streams: this needs @anthropic-ai/sdk 0.101 or newer')
  if (method.toUpperCase() !== 'GET') return replaced(response, new Unknown(decide))
  return type.includes('jsonl') || /\/results$/.test(pathOf(url)) ? replaced(response, new Lines(decide)) : response
}

/** Of a text, a `URL` or a `Request`. */
function pathOf(url: unknown): string {
  const text = typeof url === 'object' && url !== null && 'url' in url ? url.url : url
  return String(text).replace(/[?#].*$/s, '')
}

function replaced(response: Response, passage: Passage): Response {
  return withStream(response, new GatedBody(bytesOf(response), passage))
}

/** JSON or events, as the first character tells: clients go by what they asked for and not by the content type, and so does no proxy. */
class Unknown implements Passage {
  readonly #decoder = new TextDecoder()
  #passage: Passage | undefined

  constructor(readonly decide: Decide) {}

  gather(bytes: Uint8Array): Uint8Array | undefined {
    this.#passage ??= this.#passageOf(this.#decoder.decode(bytes, { stream: true }))
    return this.#passage?.gather(bytes)
  }

  #passageOf(text: string): Passage | undefined {
    if (!/\S/.test(text)) return undefined
    return /^\s*[[{]/.test(text) ? new Whole(this.decide) : new EventStream(this.decide)
  }

  passes(bytes: Uint8Array): boolean {
    return this.#passage?.passes(bytes) ?? false
  }

  push(text: string): Iterable<Piece> {
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

  gather(bytes: Uint8Array): Uint8Array {
    return bytes
  }

  push(text: string): Iterable<Piece> {
    this.#text += text
    return []
  }

  passes(): boolean {
    return false
  }

  end(): Iterable<Piece> {
    return [gateText(this.#text, this.decide)]
  }
}

/** The results of a batch, one a line: `{ custom_id, result: { type, message } }`. */
class Lines implements Passage {
  #rest = ''

  constructor(readonly decide: Decide) {}

  gather(bytes: Uint8Array): Uint8Array {
    return bytes
  }

  *push(text: string): Iterable<Piece> {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) yield gateResult(line, this.decide).then(gated => `${gated}\n`)
  }

  passes(): boolean {
    return false
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
