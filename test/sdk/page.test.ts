/** The examples of docs/sdk.md and of the readme, run as they stand there. */
import { readFileSync } from 'node:fs'
import { runInThisContext } from 'node:vm'
import { transformSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { packageFile } from '../../compiler/package-root.js'
import type { Guard, RuleLike } from '../../sdk/index.js'
import * as sdk from '../../sdk/index.js'

const [FIRST = '', SINGLE = '', DATA = '', MAPPING = ''] = examplesOf('docs/sdk.md')

function examplesOf(page: string): readonly string[] {
  const text = readFileSync(packageFile(page), 'utf8')
  return [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code]) => code ?? '')
}

/** What the code returns; it has everything that is exported at hand, and the names that it takes from its surroundings. */
function run(code: string, names: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const known = { ...sdk, ...names }
  const { code: plain } = transformSync(`async () => {${code.replace(/^import .*\n/gm, '')}}`, { loader: 'ts', tsconfigRaw: '{}' })
  // The code is the page's own.
  const make = runInThisContext(`({ ${Object.keys(known).join(', ')} }) => ${plain}`) as (names: object) => () => Promise<unknown>
  return make(known)()
}

function guarded(rules: unknown, machine: sdk.MachineFacts = { home: '/home/u', cwd: '/proj' }): Guard {
  return sdk.createGuard({ rules: rules as readonly RuleLike[], machine }) // as the page says
}

it('the readme has a function behind rules', async () => {
  const transfer = () => 'done'
  await expect(run(`${examplesOf('README.md')[0]}\nawait pay({ amount: 50_000 })`, { transfer })).rejects.toThrow('too much for an agent')
  expect(await run(`${examplesOf('README.md')[0]}\nreturn pay({ amount: 50 })`, { transfer })).toBe('done')
})

describe('the page of the SDK', () => {
  it('begins with a function behind rules', async () => {
    const transferred: unknown[] = []
    const names = { askSomebody: () => false, transfer: (...args: readonly unknown[]) => transferred.push(args) }
    await expect(run(FIRST, names)).rejects.toThrow(/too much for an agent.*ask a colleague in finance/)
    expect(transferred).toEqual([])
    await run(FIRST.replace('await pay({ amount: 50_000', 'await pay({ amount: 50'), names)
    expect(transferred).toEqual([[50, 'DE…']])
  })

  it('has rules that do what they say', async () => {
    const rules = SINGLE.trim()
      .split('\n')
      .map(line => line.replace(/\s+\/\/.*$/, ''))
    const found = await run(`return [${['allow("file.read", "refund", "bash.execute", "file.delete")', ...rules].join(', ')}]`)
    // Where nothing is known of a folder, there is no project.
    const [guard, homeless] = [guarded(found), guarded(found, { home: '/home/u' })]
    expect(guard.problem).toBeUndefined()
    const said = (action: string, params: sdk.ValueMap, context?: sdk.ValueMap) => guard.check(action, params, context).decision
    expect(said('file.read', { file_path: '/proj/.env' })).toBe('deny')
    expect(said('file.read', { file_path: '/proj/env' })).toBe('allow')
    expect([50, 500, 5000].map(amount => said('refund', { amount }))).toEqual(['allow', 'review', 'allow'])
    expect([{ user_role: 'admin' }, {}].map(context => said('deploy', {}, context))).toEqual(['allow', 'deny'])
    expect(['nc -l 1', 'ls'].map(command => said('bash.execute', { command }))).toEqual(['deny', 'allow'])
    expect(homeless.check('bash.execute', { command: 'ls' }).decision).toBe('deny')
    expect(guard.check('file.delete', { file_path: '/srv/x' }).guidance).toBe('move it to /srv/trash')
  })

  it('has rules as data', async () => {
    const guard = guarded(await run(`${DATA}\nreturn rules`))
    expect(guard.problem).toBeUndefined()
    expect(guard.check('file.read', { file_path: '/proj/.env' }).sid).toBe('NoEnv')
    expect(guard.check('file.read', { file_path: '/proj/a' }).decision).toBe('allow')
    const roles = ['clerk', 'lead'].map(user_role => guard.check('tool.refund', { amount: 500 }, { user_role }).decision)
    expect(roles).toEqual(['review', 'deny'])
  })

  it('maps tools', async () => {
    const options = await run(MAPPING.replace('createGuard(', 'return ('), { bundle: undefined })
    const { mapping } = options as { readonly mapping: sdk.ToolMapping } // as the page says
    const guard = sdk.createGuard({ rules: [sdk.allow(), sdk.deny('file.delete'), sdk.deny('payment.create')], mapping })
    const kind = (name: string, input: sdk.ValueMap) => guard.authorizeSync({ framework: 'test', name, input }).kind
    expect([kind('sandbox_shell', { command: 'rm x' }), kind('sandbox_shell', { command: 'ls' })]).toEqual(['refused', 'allowed'])
    expect([kind('run', { script: 'rm x', workdir: '/tmp' }), kind('run', { script: 'ls' })]).toEqual(['refused', 'allowed'])
    expect(kind('charge_card', { amount: 1 })).toBe('refused')
  })
})
