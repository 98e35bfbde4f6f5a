/** What the openai package does against the scripted server; run by `openai.test.ts`, one process per release. */
import assert from 'node:assert/strict'
import type * as OpenAIPackage from 'openai'
import { loadPackage } from '../support/load-package.js'
import { startModelServer } from '../support/model-server.js'
import { after, test } from '../support/test.js'

const server = await startModelServer()
after(() => server.close())

// What is installed is loaded by its path, which has no types of its own: those of this repository's release.
const { default: OpenAI } = (await loadPackage('openai')) as typeof OpenAIPackage
const client = new OpenAI({ apiKey: 'k', baseURL: `${server.url}/v1` })

test('the scripted server speaks chat completions', async () => {
  server.script({ choices: [{ text: 'a b', calls: [{ name: 'f', arguments: '{"x": 1}' }] }] })
  const stream = await client.chat.completions.create({ model: 'm', messages: [], stream: true })
  const args: string[] = []
  for await (const chunk of stream) args.push(chunk.choices[0]?.delta.tool_calls?.[0]?.function?.arguments ?? '')
  assert.equal(args.join(''), '{"x": 1}')
})

test('the scripted server speaks responses', async () => {
  server.script({ choices: [{ text: 'a b', calls: [{ name: 'f', arguments: '{"x": 1}' }] }] })
  const response = await client.responses.create({ model: 'm', input: 'x' })
  assert.deepEqual(
    response.output.map(({ type }) => type),
    ['message', 'function_call'],
  )
})
