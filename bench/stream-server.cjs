// A server on loopback that streams one chat completion of 10,000 chunks to whoever asks, each chunk written by itself. Prints its port.
const { createServer } = require('node:http')

const HEAD = { id: 'chatcmpl-ABCDEFGHIJKLMNOPQRSTUVWXYZ123', object: 'chat.completion.chunk', created: 1764000000, model: 'model' }
const TAIL = { service_tier: 'default', system_fingerprint: 'fp_abcdef1234' }

function chunk(delta, finish_reason) {
  return `data: ${JSON.stringify({ ...HEAD, ...TAIL, choices: [{ index: 0, delta, logprobs: null, finish_reason }], obfuscation: 'aBcDeFg' })}\n\n`
}

const CHUNKS = Array.from({ length: 9_998 }, (_, i) => chunk({ content: ` word${i % 7}` }, null))
const EVENTS = [chunk({ role: 'assistant', content: '' }, null), ...CHUNKS, chunk({}, 'stop'), 'data: [DONE]\n\n']

async function stream(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const [i, event] of EVENTS.entries()) {
    response.write(event)
    // As a model: a few at a time.
    if (i % 4 === 3) await new Promise(setImmediate)
  }
  response.end()
}

const server = createServer((request, response) => {
  request.resume()
  stream(response).catch(error => response.destroy(error))
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
