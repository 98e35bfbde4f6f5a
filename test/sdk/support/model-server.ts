/** A model server on loopback that answers from a script, in the dialect of the path that is asked. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ANTHROPIC } from './dialects/anthropic.js'
import { OPENAI_CHAT } from './dialects/openai-chat.js'
import { OPENAI_RESPONSES } from './dialects/openai-responses.js'
import type { Delivery, Dialect, Turn } from './turn.js'

const DIALECTS: readonly Dialect[] = [OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC]

/** What a client sent. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, unknown>>
  /** The parsed body; undefined without one. */
  readonly body: unknown
}

export interface ModelServer {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string
  /** Every request since the last `script`, oldest first. */
  readonly received: readonly Received[]
  /** How many answers were cut short by their client since the last `script`. */
  readonly abandoned: () => number
  /** The turns that the next requests get, one each; a request beyond them gets status 418. */
  readonly script: (...turns: readonly Turn[]) => void
  readonly close: () => Promise<void>
}

export async function startModelServer(): Promise<ModelServer> {
  const received: Received[] = []
  let turns: Turn[] = []
  let abandoned = 0
  const server = createServer((request, response) => {
    response.on('close', () => (abandoned += response.writableFinished ? 0 : 1))
    void answer(request, response, received, () => turns.shift())
  })
  const script = (...next: readonly Turn[]) => {
    turns = [...next]
    received.length = 0
    abandoned = 0
  }
  return { url: await listening(server), received, abandoned: () => abandoned, script, close: () => closed(server) }
}

function listening(server: Server): Promise<string> {
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`)
    })
  })
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise(resolve => server.close(() => resolve()))
}

async function answer(request: IncomingMessage, response: ServerResponse, received: Received[], next: () => Turn | undefined) {
  const asked = await receive(request)
  received.push(asked)
  const turn = next()
  if (turn === undefined) return json(response, 418, { error: { message: 'the script is over' } })
  if (turn.status !== undefined) return json(response, turn.status, { error: { message: 'as scripted', type: 'scripted' } })
  const id = `answer_${received.length}`
  const dialect = DIALECTS.find(({ speaks }) => speaks(asked.path))
  if (wantsStream(asked)) return stream(response, eventTexts(turn, dialect, id), turn.delivery ?? {})
  return json(response, 200, turn.body ?? dialect?.whole(turn, id), turn.delivery?.contentType)
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  const { method = '', url: path = '', headers } = request
  return { method, path, headers, body: text === '' ? undefined : JSON.parse(text) }
}

function wantsStream({ body, path }: Received): boolean {
  return path.includes('stream=true') || (typeof body === 'object' && body !== null && 'stream' in body && body.stream === true)
}

function eventTexts(turn: Turn, dialect: Dialect | undefined, id: string): readonly string[] {
  if (turn.events === undefined) return dialect?.events(turn, id) ?? []
  return turn.events.map(event => `event: ${eventName(event)}\ndata: ${JSON.stringify(event)}\n\n`)
}

function eventName(event: unknown): string {
  return typeof event === 'object' && event !== null && 'type' in event ? String(event.type) : 'message'
}

function json(response: ServerResponse, status: number, body: unknown, contentType = 'application/json'): void {
  response.writeHead(status, { ...called(contentType), 'x-request-id': 'req_scripted', 'retry-after-ms': '1' })
  response.end(JSON.stringify(body))
}

function called(contentType: string): object {
  return contentType === '' ? {} : { 'content-type': contentType }
}

async function stream(response: ServerResponse, events: readonly string[], delivery: Delivery): Promise<void> {
  const { pieceBytes, delayMs, cutAfter = Infinity, contentType = 'text/event-stream' } = delivery
  response.writeHead(200, { ...called(contentType), 'x-request-id': 'req_scripted' })
  const sent = events.slice(0, cutAfter)
  for (const bytes of pieceBytes === undefined ? sent : cut(sent.join(''), pieceBytes)) {
    if (response.destroyed) return
    if (!response.write(bytes)) await drained(response)
    // A piece of its own on the wire, where borders matter.
    if (delayMs !== undefined) await sleep(delayMs)
    else if (pieceBytes !== undefined) await new Promise(setImmediate)
  }
  if (cutAfter < events.length) response.destroy()
  else response.end()
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    response.once('drain', resolve)
    response.once('close', resolve)
  })
}

function* cut(text: string, size: number): Iterable<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
