/** The examples run as they stand in the documentation. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageFile } from '../../../compiler/package-root.js'
import { runExample } from '../support/matrix.js'
import { type ModelServer, startModelServer } from '../support/model-server.js'
import { RELEASES } from '../support/releases.js'
import { answer, call } from './answers.js'

let server: ModelServer

beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())

function run(name: string): Promise<string> {
  return runExample(`sdk/examples/${name}.ts`, RELEASES.anthropic[1], { ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'none' })
}

describe('the examples', () => {
  it('anthropic: refused calls are text, reviewed ones are asked about', async () => {
    const refunds = [
      call('refund', { amount: 20 }),
      call('refund', { amount: 500, customer: 'c-7' }),
      call('refund', { amount: 500, customer: 'c-8' }),
    ]
    server.script(answer('Let me see. ', ...refunds, call('delete_account', { id: 4 })))
    const output = await run('anthropic')
    expect(output).toMatch(/^Let me see\. /m)
    expect(output.match(/^run: .*/gm)).toEqual(['run: refund { amount: 20 }', "run: refund { amount: 500, customer: 'c-7' }"])
    expect(output.match(/^.*asked: .*/gm)).toHaveLength(2)
    expect(output).toMatch(/accounts are never deleted by an agent.*offer to deactivate the account/)
  })

  it('anthropic-tool-runner: refused calls are results', async () => {
    server.script(
      answer(undefined, call('bash', { command: 'echo hello' }), call('bash', { command: 'echo x; rm -rf build' })),
      answer('All done.'),
    )
    const output = await run('anthropic-tool-runner')
    expect(output.match(/^run: .*/gm)).toEqual(['run: echo hello'])
    expect(output).toContain('All done.')
    expect(JSON.stringify(server.received[1]?.body)).toMatch(/files are not deleted.*"is_error":true/)
  })

  it.each([
    ['anthropic.ts', 'anthropic.md'],
    ['anthropic-tool-runner.ts', 'anthropic.md'],
    ['claude-agent.mjs', 'claude-agent.md'],
  ])('%s stands in docs/sdk/%s', (example, page) => {
    expect(read(`docs/sdk/${page}`)).toContain(read(`sdk/examples/${example}`))
  })
})

function read(path: string): string {
  return readFileSync(fileURLToPath(packageFile(path)), 'utf8')
}
