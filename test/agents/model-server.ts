/** A scripted model on loopback: it answers as the Anthropic messages API does and calls one tool after the other, whatever it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ToolStep {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

export interface ModelServer {
  readonly url: string
  /** Every request body that the client sent: what left the machine. */
  readonly received: readonly string[]
  close(): Promise<void>
}

export async function startModelServer(steps: readonly ToolStep[]): Promise<ModelServer> {
  const received: string[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then(body => {
      received.push(body)
      answer(request, response, body, steps)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on a port
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set
  return Buffer.concat(chunks).toString('utf8')
}

interface MessagesRequest {
  readonly model?: string
  readonly stream?: boolean
  readonly tools?: readonly unknown[]
  readonly messages?: unknown
}

function answer(request: IncomingMessage, response: ServerResponse, body: string, steps: readonly ToolStep[]): void {
  const path = (request.url ?? '').split('?')[0] ?? ''
  if (path.endsWith('/count_tokens')) return sendJson(response, { input_tokens: 10 })
  if (!path.endsWith('/messages')) return sendJson(response, {}, 404)
  const asked: MessagesRequest = JSON.parse(body)
  const done = (JSON.stringify(asked.messages).match(/"type":"tool_result"/g) ?? []).length
  const step = (asked.tools ?? []).length === 0 ? undefined : steps[done]
  const block = step === undefined ? { type: 'text', text: 'DONE' } : { type: 'tool_use', id: `toolu_${done}`, ...step }
  if (asked.stream === true) streamBlock(response, asked.model ?? '', block)
  else sendJson(response, message(asked.model ?? '', [block], step === undefined ? 'end_turn' : 'tool_use'))
}

function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function message(model: string, content: readonly unknown[], stopReason: string | null) {
  const usage = { input_tokens: 10, output_tokens: 5, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 }
  return { id: 'msg_1', type: 'message', role: 'assistant', model, content, stop_reason: stopReason, stop_sequence: null, usage }
}

type Block = { readonly type: string; readonly text?: string; readonly input?: unknown }

function streamBlock(response: ServerResponse, model: string, block: Block): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (type: string, data: object) => response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)
  const isTool = block.type === 'tool_use'
  send('message_start', { message: message(model, [], null) })
  send('content_block_start', { index: 0, content_block: isTool ? { ...block, input: {} } : { type: 'text', text: '' } })
  const delta = isTool ? { type: 'input_json_delta', partial_json: JSON.stringify(block.input) } : { type: 'text_delta', text: block.text }
  send('content_block_delta', { index: 0, delta })
  send('content_block_stop', { index: 0 })
  send('message_delta', { delta: { stop_reason: isTool ? 'tool_use' : 'end_turn', stop_sequence: null }, usage: { output_tokens: 5 } })
  send('message_stop', {})
  response.end()
}
