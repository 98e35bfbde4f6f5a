/** Bodies of streamed answers behind a guard, in whatever pieces they come. */
import { describe, expect, it } from 'vitest'
import { gateResponse } from '../../sdk/anthropic-response.js'
import { guardedFetch } from '../../sdk/openai.js'
import { allow, createGuard, deny } from '../../sdk/index.js'

const guard = createGuard({ rules: [allow(), deny('mail').because('no mail')] })

/** Text in events as a server may write them: other line ends, comments, ids, letters of several bytes, words that are nearly those of calls. */
const EVENTS = [
  ': a comment\r\n\r\n',
  'id: 1\r\nevent: content_block_delta\r\ndata: {"type": "content_block_delta", "index":0,\r\ndata: "delta":{"type":"text_delta","text":"ü€😀 tool use"}}\r\n\r\n',
  'event:content_block_delta\ndata:{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\\n\\u20ac"},"choices":[]}\n\n',
  'data: {"choices":[{"index":0,"delta":{"content":"a recall"}}],  "type":"x"}\n\n\n',
  'data: [DONE]\n\n',
].join('')

function inPieces(text: string, size: number): Response {
  const bytes = new TextEncoder().encode(text)
  return ofPieces(Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size)))
}

function ofPieces(pieces: Uint8Array[]): Response {
  const stream = new ReadableStream<Uint8Array>({
    pull: controller => {
      const piece = pieces.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(piece)
    },
  })
  return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
}

const GUARDED: Readonly<Record<string, (response: Response) => Promise<Response>>> = {
  openai: response => guardedFetch(async () => response, guard)('http://127.0.0.1/v1/chat/completions', { method: 'POST', body: '{}' }),
  anthropic: async response =>
    gateResponse(response, { method: 'POST', url: '/v1/messages' }, ({ name }, input) =>
      guard.authorize({ framework: 'anthropic', name: String(name), input }),
    ),
}

describe.each(Object.entries(GUARDED))('a streamed answer behind the guard of %s', (_, guarded) => {
  it.each([1, 2, 3, 5, 7, 11, 64, 10_000])('passes as the bytes that it came in, in pieces of %i', async size => {
    expect(await (await guarded(inPieces(EVENTS, size))).text()).toBe(EVENTS)
  })

  it.each([
    ['the ends of lines', ['event: x\n', 'data: {"index":0}\nid', ': 1', '\n\n', 'data: {}\n\n']],
    ['the end of an event, with nothing between', ['data: {"index":0}\n', '', '', '', '\n', 'data: {}\n\n']],
  ])('passes whole where pieces end at %s', async (_ends, pieces) => {
    const response = ofPieces(pieces.map(piece => new TextEncoder().encode(piece)))
    expect(await (await guarded(response)).text()).toBe(pieces.join(''))
  })
})

describe('a call behind the guard of anthropic', () => {
  const call = [
    'data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"mail","input":{}}}',
    'data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"to\\":\\"x\\"}"}}',
    'data: {"type":"content_block_stop","index":0}',
  ]

  it.each(['\n\n', '\r\n\r\n', '\r\r', '\n\uFEFF\n', '\n\r', '\n\n\n'])(
    'is refused where events end in %j, in whatever pieces',
    async end => {
      const stream = `${EVENTS}${call.map(event => event + end).join('')}${EVENTS}`
      for (const size of [1, 2, 3, 5, 7, 11, 64, 10_000]) {
        const text = await (await GUARDED['anthropic']?.(inPieces(stream, size)))?.text()
        expect(text).not.toContain('tool_use')
        expect(text).toContain('no mail')
      }
    },
  )

  it('is refused where its words are written with escapes', async () => {
    const escaped = call.map(event => `${event.replace('tool_use', 'tool\\u005fuse')}\n\n`).join('')
    expect(await (await GUARDED['anthropic']?.(inPieces(escaped, 7)))?.text()).toContain('no mail')
  })
})
