/** An MCP server over stdio with one tool, `mark`, that makes the file it is told: whether it was called can be seen. */
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const tool = {
  name: 'mark',
  description: 'makes a file',
  inputSchema: { type: 'object', properties: { file: { type: 'string' } }, required: ['file'] },
}

function resultOf({ method, params }) {
  switch (method) {
    case 'initialize':
      return { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'demo', version: '1.0.0' } }
    case 'tools/list':
      return { tools: [tool] }
    case 'tools/call':
      writeFileSync(params.arguments.file, 'called')
      return { content: [{ type: 'text', text: 'made' }] }
    default:
      return {}
  }
}

createInterface({ input: process.stdin }).on('line', line => {
  const message = JSON.parse(line)
  if (message.id === undefined) return
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: message.id, result: resultOf(message) })}\n`)
})
