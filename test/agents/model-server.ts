/** A scripted model on loopback: it speaks the four APIs that the clients know and calls one tool after the other, whatever it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { apiOf, type ModelApi, type ToolStep } from './model-apis.js'

/** The tool calls of a turn. */
export interface Script {
  readonly main: readonly ToolStep[]
  /** Those of a sub-agent: of a conversation that has `SUB_MARK` in it and not `MAIN_MARK`. */
  readonly sub?: readonly ToolStep[]
}

export const MAIN_MARK = 'MAIN-TASK'
export const SUB_MARK = 'SUB-TASK'

/** What a client told the model while a script was played. */
export interface Recording {
  /** Every request body: what left the machine. */
  readonly received: readonly string[]
  /** Milliseconds from each tool call to the request with its result, in order. */
  readonly waits: readonly number[]
  /** The tools that were called. */
  readonly called: readonly string[]
  /** How many of the calls were a sub-agent's. */
  readonly subCalls: number
}

export interface ModelServer {
  readonly url: string
  /** Begins a script, and a recording that grows while it is played. */
  play(script: Script): Recording
  close(): Promise<void>
}

interface Playing {
  readonly script: Script
  readonly received: string[]
  readonly waits: number[]
  readonly called: string[]
  subCalls: number
  calledAt: number | undefined
}

export async function startModelServer(): Promise<ModelServer> {
  let playing = begin({ main: [] })
  const server = createServer((request, response) => {
    void bodyOf(request).then(body => answer(request, response, body, playing))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on a port
  const play = (script: Script) => {
    playing = begin(script)
    return playing
  }
  const close = () =>
    new Promise<void>(resolve => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { url: `http://127.0.0.1:${port}`, play, close }
}

function begin(script: Script): Playing {
  return { script, received: [], waits: [], called: [], subCalls: 0, calledAt: undefined }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set
  return Buffer.concat(chunks).toString('utf8')
}

function answer(request: IncomingMessage, response: ServerResponse, body: string, playing: Playing): void {
  const path = (request.url ?? '').split('?')[0] ?? ''
  const api = apiOf(path)
  playing.received.push(body)
  if (api === undefined || body === '') answerOther(path, response)
  else answerModel(api, path, response, body, playing)
}

function answerModel(api: ModelApi, path: string, response: ServerResponse, body: string, playing: Playing): void {
  const asked = api.read(JSON.parse(body))
  const isSub = asked.conversation.includes(SUB_MARK) && !asked.conversation.includes(MAIN_MARK)
  const step = asked.hasTools ? stepsOf(playing.script, isSub)[asked.results] : undefined
  if (asked.hasTools) note(playing, step)
  if (isSub && step !== undefined) playing.subCalls++
  const stream = asked.stream ?? path.includes('stream')
  const { headers, text } = api.write({ model: asked.model, step, turn: asked.results, stream, wantsJson: asked.wantsJson })
  response.writeHead(200, headers)
  response.end(text)
}

function stepsOf({ main, sub = [] }: Script, isSub: boolean): readonly ToolStep[] {
  return isSub ? sub : main
}

function note(playing: Playing, step: ToolStep | undefined): void {
  const now = performance.now()
  if (playing.calledAt !== undefined) playing.waits.push(now - playing.calledAt)
  playing.calledAt = step === undefined ? undefined : now
  if (step !== undefined) playing.called.push(step.name)
}

const OTHER: Readonly<Record<string, unknown>> = {
  count_tokens: { input_tokens: 10 },
  models: { object: 'list', data: [{ id: 'scripted', object: 'model' }], models: [] },
}

function answerOther(path: string, response: ServerResponse): void {
  const body = OTHER[path.slice(path.lastIndexOf('/') + 1)]
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body ?? {}))
}
