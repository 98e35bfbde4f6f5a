/** The examples run as they stand in the documentation. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageFile } from '../../../compiler/package-root.js'
import { runExample } from '../support/matrix.js'
import { type ModelServer, startModelServer } from '../support/model-server.js'
import { loaderOf, RELEASES } from '../support/releases.js'

let server: ModelServer

beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())

function run(name: string): Promise<string> {
  return runExample(`sdk/examples/${name}.ts`, RELEASES.openai[1], { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'none' })
}

const call = (name: string, input: object) => ({ name, arguments: JSON.stringify(input) })
const done = { choices: [{ text: 'All done.' }] }

function secondBody(): string {
  return JSON.stringify(server.received[1]?.body ?? null)
}

describe('the examples', () => {
  it('openai: refused calls are text, reviewed ones are asked about', async () => {
    const refunds = [{ amount: 20 }, { amount: 500, customer: 'c-7' }, { amount: 500, customer: 'c-8' }].map(input => call('refund', input))
    server.script({ choices: [{ text: 'Let me see. ', calls: [...refunds, call('delete_account', { id: 4 })] }] })
    const output = await run('openai')
    expect(output).toMatch(/^Let me see\. /m)
    expect(output.match(/^run: .*/gm)).toEqual(['run: refund {"amount":20}', 'run: refund {"amount":500,"customer":"c-7"}'])
    expect(output.match(/^.*asked: .*/gm)).toHaveLength(2)
    expect(output).toMatch(/accounts are never deleted by an agent.*offer to deactivate the account/)
  })

  it('openai-run-tools: refused calls are results', async () => {
    const commands = ['echo hello', 'echo x; rm -rf build'].map(command => call('bash', { command }))
    server.script({ choices: [{ calls: commands }] }, done)
    const output = await run('openai-run-tools')
    expect(output.match(/^run: .*/gm)).toEqual(['run: echo hello'])
    expect(output).toContain('All done.')
    expect(secondBody()).toMatch(/files are not deleted.*move them to \/tmp/)
  })

  it('openai-responses: the refusal is the result of the call that the provider knows of', async () => {
    server.script({ choices: [{ calls: [call('get_weather', {}), call('send_mail', {})] }] }, done)
    const output = await run('openai-responses')
    expect(output.match(/^run: .*/gm)).toEqual(['run: get_weather'])
    expect(output).toContain('All done.')
    expect(secondBody()).toMatch(/function_call_output.*mail is not sent by an agent.*sunny/)
  })

  it('openai-agents: refused calls are results', async () => {
    const [, release] = RELEASES['openai-agents']
    // Beside the packages of the release, which are none of this repository's, and from where its own package cannot be named.
    const copy = join(dirname(loaderOf(release)), `openai-agents-${process.pid}.mjs`)
    const own = (_: string, module = 'index') => `'${packageFile(`dist/sdk/${module}.js`).href}'`
    writeFileSync(copy, readFileSync(file('sdk/examples/openai-agents.mjs'), 'utf8').replace(/'agsec\/sdk(?:\/([\w-]+))?'/g, own))
    const shell = {
      type: 'shell_call',
      id: 'i',
      call_id: 'c',
      status: 'completed',
      action: { commands: ['ls', 'rm x'], timeout_ms: 1, max_output_length: 9 },
    }
    const drop = { type: 'function_call', id: 'f', call_id: 'd', name: 'drop_table', arguments: '{}', status: 'completed' }
    const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 }
    server.script(
      { choices: [], body: { id: 'r', object: 'response', created_at: 1, model: 'm', status: 'completed', output: [shell, drop], usage } },
      done,
    )
    const env = { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'none', OPENAI_AGENTS_DISABLE_TRACING: '1' }
    const output = await runExample(copy, release, env)
    rmSync(copy)
    expect(output).toContain('All done.')
    expect(output).not.toMatch(/^(run:|dropped)/m)
    expect(secondBody()).toMatch(/files are not deleted/)
    expect(secondBody()).toMatch(/tables stay/)
  })

  it.each([
    ['openai.ts', 'openai.md'],
    ['openai-run-tools.ts', 'openai.md'],
    ['openai-responses.ts', 'openai.md'],
    ['openai-agents.mjs', 'openai-agents.md'],
  ])('%s stands in docs/sdk/%s', (example, page) => {
    expect(readFileSync(file(`docs/sdk/${page}`), 'utf8')).toContain(readFileSync(file(`sdk/examples/${example}`), 'utf8'))
  })
})

function file(path: string): string {
  return fileURLToPath(packageFile(path))
}
