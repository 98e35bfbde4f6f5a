// A server on loopback that streams an answer of text, each chunk written by itself: `/openai/CHUNKS/PER_MS/…`, likewise `anthropic` and `gateway`
// (of the AI SDK). PER_MS chunks are written each millisecond, or, with 0, as fast as they go. Prints its port.
const { createServer } = require('node:http')

const typed = data => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`
const plain = data => `data: ${JSON.stringify(data)}\n\n`
const words = count => Array.from({ length: count }, (_, i) => ` word${i % 7}`)

const CHAT = { id: 'chatcmpl-ABCDEFGHIJKLMNOPQRSTUVWXYZ123', object: 'chat.completion.chunk', created: 1764000000, model: 'model' }
const CHAT_TAIL = { service_tier: 'default', system_fingerprint: 'fp_abcdef1234' }
const chat = (delta, finish_reason) =>
  plain({ ...CHAT, ...CHAT_TAIL, choices: [{ index: 0, delta, logprobs: null, finish_reason }], obfuscation: 'aBcDeFg' })

const USAGE = { input_tokens: 1, output_tokens: 1 }
const MESSAGE = {
  id: 'm',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: USAGE,
}
const TOKENS = { inputTokens: { total: 1 }, outputTokens: { total: 1 } }

const DIALECTS = {
  openai: texts => [
    chat({ role: 'assistant', content: '' }, null),
    ...texts.map(content => chat({ content }, null)),
    chat({}, 'stop'),
    'data: [DONE]\n\n',
  ],
  anthropic: texts => [
    typed({ type: 'message_start', message: MESSAGE }),
    typed({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    ...texts.map(text => typed({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
    typed({ type: 'content_block_stop', index: 0 }),
    typed({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: USAGE }),
    typed({ type: 'message_stop' }),
  ],
  gateway: texts => [
    plain({ type: 'stream-start', warnings: [] }),
    plain({ type: 'text-start', id: '0' }),
    ...texts.map(delta => plain({ type: 'text-delta', id: '0', delta })),
    plain({ type: 'text-end', id: '0' }),
    plain({ type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage: TOKENS }),
  ],
}

const answers = new Map()

function eventsOf(dialect, chunks) {
  const key = `${dialect} ${chunks}`
  if (!answers.has(key)) answers.set(key, DIALECTS[dialect](words(chunks)))
  return answers.get(key)
}

async function stream(url, response) {
  const [, dialect, chunks, perMs] = url.split('/')
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const start = performance.now()
  for (const [i, event] of eventsOf(dialect, Number(chunks)).entries()) {
    // What is due by now, since timers are late.
    while (Number(perMs) > 0 && i >= (performance.now() - start) * perMs) await new Promise(resolve => setTimeout(resolve, 1))
    response.write(event)
    // As a model: a few at a time.
    if (i % 4 === 3) await new Promise(setImmediate)
  }
  response.end()
}

const server = createServer((request, response) => {
  request.resume()
  stream(request.url, response).catch(error => response.destroy(error))
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
