/** The examples run as they stand in the documentation. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageFile } from '../../../compiler/package-root.js'
import { runExample } from '../support/matrix.js'
import { type ModelServer, startModelServer } from '../support/model-server.js'
import { RELEASES } from '../support/releases.js'

let server: ModelServer

beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())

/** Names of models lead to the scripted server. */
const PROVIDER = fileURLToPath(packageFile('test/sdk/vercel-ai/provider.ts'))

function run(name: string): Promise<string> {
  const env = { MODEL_SERVER: server.url, NODE_OPTIONS: `--import tsx --import ${PROVIDER}` }
  return runExample(`sdk/examples/${name}.ts`, RELEASES['vercel-ai'][1], env)
}

describe('the examples', () => {
  it('vercel-ai: refused calls are errors that the model reads, reviewed ones are asked about', async () => {
    const calls = [
      { name: 'refund', arguments: '{"amount":20}' },
      { name: 'refund', arguments: '{"amount":500,"customer":"c-7"}' },
      { name: 'refund', arguments: '{"amount":500,"customer":"c-8"}' },
      { name: 'delete_account', arguments: '{"id":4}' },
    ]
    server.script({ choices: [{ text: 'Let me see.', calls }] }, { choices: [{ text: 'All done.' }] })
    const output = await run('vercel-ai')
    expect(output).toMatch(/^Let me see\.$/m)
    expect(output.match(/^run: .*/gm)).toEqual(['run: refund { amount: 20 }', "run: refund { amount: 500, customer: 'c-7' }"])
    expect(output.match(/^asked: .*/gm)).toHaveLength(2)
    expect(output.match(/^refused: .*/gm)?.sort()).toEqual(['refused: delete_account', 'refused: refund'])
    expect(output).toContain('All done.')
    expect(JSON.stringify(server.received[1]?.body)).toMatch(/accounts are never deleted by an agent.*offer to deactivate the account/)
  })

  it('vercel-ai.ts stands in docs/sdk/vercel-ai.md', () => {
    expect(read('docs/sdk/vercel-ai.md')).toContain(read('sdk/examples/vercel-ai.ts'))
  })
})

function read(path: string): string {
  return readFileSync(fileURLToPath(packageFile(path)), 'utf8')
}
