/** The examples run as they stand in the documentation, with a model of @langchain/openai. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageFile } from '../../../compiler/package-root.js'
import { runExample } from '../support/matrix.js'
import { type ModelServer, startModelServer } from '../support/model-server.js'
import { loaderOf, RELEASES } from '../support/releases.js'
import { call, calls } from './turns.js'

const RELEASE = RELEASES.langchain[1]
const ROOT = fileURLToPath(packageFile('.'))

/** An application that has the packages of the release, and agsec. */
const app = mkdtempSync(join(tmpdir(), 'agsec-langchain-'))
let server: ModelServer

beforeAll(async () => {
  const modules = join(app, 'node_modules')
  mkdirSync(modules)
  symlinkSync(ROOT, join(modules, 'agsec'))
  for (const name of ['@langchain', 'langchain', 'zod'])
    symlinkSync(join(dirname(loaderOf(RELEASE)), 'node_modules', name), join(modules, name))
  server = await startModelServer()
})
afterAll(async () => {
  rmSync(app, { recursive: true })
  await server.close()
})

function run(name: string): Promise<string> {
  const file = join(app, `${name}.mts`)
  copyFileSync(join(ROOT, `sdk/examples/${name}.ts`), file)
  return runExample(file, RELEASE, { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'none' })
}

describe('the examples', () => {
  it('langchain: refused calls are results, reviewed ones are asked about', async () => {
    const refunds = [
      call('refund', { amount: 20, customer: 'c-1' }),
      call('refund', { amount: 500, customer: 'c-7' }),
      call('refund', { amount: 500, customer: 'c-8' }),
    ]
    server.script(calls(...refunds, call('delete_account', { customer: 'c-7' })), { choices: [{ text: 'All done.' }] })
    const output = await run('langchain')
    expect(output.match(/^run: .*/gm), output).toEqual(['run: refund 20 c-1', 'run: refund 500 c-7'])
    expect(output.match(/^asked: .*/gm)).toHaveLength(2)
    expect(output).toContain('All done.')
    expect(JSON.stringify(server.received[1]?.body)).toMatch(/accounts are never deleted by an agent.*offer to deactivate the account/)
  })

  it('langgraph: refused calls are results', async () => {
    const commands = [call('bash', { command: 'echo hello' }), call('bash', { command: 'echo x; rm -rf build' })]
    server.script(calls(...commands), { choices: [{ text: 'All done.' }] })
    const output = await run('langgraph')
    expect(output.match(/^run: .*/gm), output).toEqual(['run: echo hello'])
    expect(output).toContain('All done.')
    expect(JSON.stringify(server.received[1]?.body)).toMatch(/files are not deleted.*move them to \/tmp/)
  })

  it.each(['langchain', 'langgraph'])('%s.ts stands in docs/sdk/langchain.md', example => {
    expect(readFileSync(join(ROOT, 'docs/sdk/langchain.md'), 'utf8')).toContain(
      readFileSync(join(ROOT, `sdk/examples/${example}.ts`), 'utf8'),
    )
  })
})
