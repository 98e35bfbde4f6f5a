import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { agsec } from './run-cli.js'
import { samplePolicies } from './sample-policy.js'
import { installPolicy, startStream } from './stream-child.js'
import { tempFolder } from './temp-folder.js'

const ls = { action: 'bash.execute', params: { command: 'ls' } }

/** A home whose policy allows. */
function allowing(): string {
  const home = tempFolder()
  installPolicy(home, 'allow')
  return home
}

describe('a stream of requests', () => {
  it('names each answer as its line is named, whatever the answer is', async () => {
    const stream = startStream(allowing())
    expect(await stream.ask({ id: 7, ...ls })).toMatchObject({ id: 7, decision: 'allow' })
    expect(Object.keys(await stream.ask({ ...ls, id: 'a"b' }))[0]).toBe('id')
    expect(await stream.ask({ ...ls, id: { x: [null] } })).toMatchObject({ id: { x: [null] }, decision: 'allow' })
    expect(await stream.ask({ ...ls, id: null })).toMatchObject({ id: null, decision: 'allow' })
    expect(await stream.ask({ id: 8 })).toEqual({ id: 8, error: expect.stringContaining('`action`') })
    expect(await stream.ask({ id: 9, platform: 'claude-code', input: { tool_name: 'Bash', tool_input: { command: 'ls' } } })).toMatchObject(
      {
        id: 9,
        decision: 'allow',
      },
    )
    expect(await stream.ask(ls)).not.toHaveProperty('id')
    expect(await stream.ask('{"id":10,"action":"bash.ex')).toEqual({ error: expect.stringContaining('not valid JSON') })
    expect(await stream.end()).toBe(0)
  })
  it('says the same of a request that it has answered before', async () => {
    const home = tempFolder()
    samplePolicies(home, 'policies')
    expect(agsec(['compile', '--agsec-home', home]).status).toBe(0)
    const stream = startStream(home)
    const asked = ['ls', 'rm x', 'cat .env', 'ls'].map(command => ({ action: 'bash.execute', params: { command } }))
    const first = []
    for (const line of asked) first.push(await stream.ask(line))
    for (const [i, line] of asked.entries()) expect(await stream.ask(line)).toEqual(first[i])
    expect(first.map(({ decision }) => decision)).toEqual(['allow', 'deny', 'deny', 'allow'])
    // What differs in the context alone is another request.
    const read = { action: 'file.read', params: { file_path: 'x/.ssh/id' } }
    expect(await stream.ask({ ...read, context: { cwd: '/home/u', home: '/home/u/x' } })).toMatchObject({ decision: 'deny' })
    expect(await stream.ask({ ...read, context: { cwd: '/home/u', home: '/home/v' } })).toMatchObject({ decision: 'allow' })
  })
  it('does not take a number that JSON cannot write again for none at all', async () => {
    const home = tempFolder()
    const pay = join(home, 'pay.yaml')
    writeFileSync(
      pay,
      'default: allow\nstatements:\n  - effect: deny\n    actions: tool.pay\n    conditions: { params.amount: { op: ">", value: 10 } }\n',
    )
    const stream = startStream(home, '--policy', pay)
    const ask = (amount: string) => stream.ask(`{"tool":"pay","input":{"amount":${amount}}}`)
    expect(await ask('null')).toMatchObject({ decision: 'allow' })
    expect(await ask('1e400')).toMatchObject({ decision: 'deny' })
    expect(await ask('null')).toMatchObject({ decision: 'allow' })
  })
  it('fills in the context of the command line', async () => {
    const home = tempFolder()
    const policies = samplePolicies(home, 'p')
    const stream = startStream(home, '--policy', policies, '--context', 'cwd=/home/u', 'home=/home/u')
    const read = (context: object) => stream.ask({ action: 'file.read', params: { file_path: '.ssh/id' }, context })
    expect(await read({})).toMatchObject({ decision: 'deny' })
    expect(await read({ cwd: '/p' })).toMatchObject({ decision: 'allow' })
  })
  it('refuses flags about one request', () => {
    const refused = (...args: readonly string[]) => agsec(['check', ...args, '--agsec-home', tempFolder()])
    expect(refused('--ndjson', '--command', 'ls')).toMatchObject({ status: 2, stderr: expect.stringContaining('`--command` is about one') })
    expect(refused('--ndjson', '--exit-code')).toMatchObject({ status: 2, stderr: expect.stringContaining('`--exit-code` is about one') })
    expect(refused('--ndjson', '--platform', 'vim')).toMatchObject({ status: 2, stderr: expect.stringContaining('unknown platform `vim`') })
    expect(refused('--command', 'ls', '--audit')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('`--audit` needs `--ndjson`'),
    })
  })
})

describe('a tool in a stream', () => {
  const POLICY = `statements:
  - { sid: Any, effect: allow, actions: "*" }
  - { sid: Drop, effect: deny, actions: "tool.drop", guidance: "ask first" }
  - { sid: Keys, effect: deny, actions: "file.*", conditions: { params.file_path: { op: path, value: "**/keys" } } }
  - { sid: Named, effect: deny, actions: "*", conditions: { context.tool: odd } }
`
  const start = (folder: string) => {
    writeFileSync(join(folder, 'p.yaml'), POLICY)
    return startStream(join(folder, 'home'), '--files', '--policy', join(folder, 'p.yaml'))
  }

  it('has the action that its name and arguments say, and words for the model', async () => {
    const stream = start(tempFolder())
    expect(await stream.ask({ id: 1, tool: 'drop', input: '{"x":1}' })).toEqual({
      id: 1,
      ...(await stream.ask({ tool: 'drop', input: { x: 1 } })),
      decision: 'deny',
      action: 'tool.drop',
      message: "[agsec] Denied by 'Drop'. (Drop, p.yaml:3) ask first",
    })
    expect(await stream.ask({ tool: 'bash', input: { command: 'cat keys' } })).toMatchObject({ action: 'bash.execute', sid: 'Keys' })
    expect(await stream.ask({ tool: 'read_file', input: { path: 'keys' }, framework: 'openai' })).toMatchObject({
      action: 'file.read',
      sid: 'Keys',
    })
    expect(await stream.ask({ tool: 'x', action: 'tool.drop', input: {} })).toMatchObject({ decision: 'deny', action: 'tool.drop' })
    expect(await stream.ask({ tool: 'odd', input: {} })).toMatchObject({ decision: 'deny', sid: 'Named' })
  })
  it('is refused where it cannot be read', async () => {
    const stream = start(tempFolder())
    const bad = [
      { tool: 'a', input: '{"x":' },
      { tool: 'a', input: '[]' },
      { tool: 'a', input: [] },
      { tool: 'a' },
      { tool: '', input: {} },
      { tool: 5, input: {} },
      { tool: 'a'.repeat(10_240), input: {} },
      { tool: 'a', input: {}, action: '' },
      { tool: 'a', input: {}, action: 1 },
      { tool: 'a', input: {}, context: [] },
    ]
    for (const line of bad) expect(await stream.ask(line)).toEqual({ error: expect.any(String) })
    for (const tool of ['__proto__', 'constructor']) expect(await stream.ask({ tool, input: {} })).toMatchObject({ action: `tool.${tool}` })
  })
  it('is asked about as the files are at that moment', async () => {
    const folder = tempFolder()
    const stream = start(folder)
    const link = join(folder, 'link')
    const read = { tool: 'read_file', input: { path: link } }
    for (const name of ['other', 'keys']) writeFileSync(join(folder, name), '')
    for (const [target, decision] of [
      ['other', 'allow'],
      ['keys', 'deny'],
      ['other', 'allow'],
    ] as const) {
      rmSync(link, { force: true })
      symlinkSync(join(folder, target), link)
      expect(await stream.ask(read)).toMatchObject({ decision })
      expect(await stream.ask({ action: 'file.read', params: { file_path: link } })).toMatchObject({ decision })
    }
  })
})

describe('a stream whose policy changes', () => {
  it('decides by the new bundle from the next line on', async () => {
    const home = allowing()
    const stream = startStream(home)
    for (const effect of ['allow', 'deny', 'review', 'allow'] as const) {
      installPolicy(home, effect)
      expect(await stream.ask(ls)).toMatchObject({ decision: effect, reason: `we ${effect}` })
    }
    expect(await stream.end()).toBe(0)
    expect(stream.stderr()).toBe('')
  })
  it('keeps the old one where the new one is broken, and says so once', async () => {
    const home = allowing()
    const bundle = join(home, 'policy.bundle.cjs')
    const stream = startStream(home)
    expect(await stream.ask(ls)).toMatchObject({ decision: 'allow' })
    writeFileSync(bundle, 'nonsense')
    for (let i = 0; i < 5; i++) expect(await stream.ask(ls)).toMatchObject({ decision: 'allow' })
    await delay(1100)
    expect(await stream.ask(ls)).toMatchObject({ decision: 'allow' })
    expect(stream.stderr()).toMatch(/^agsec: the policy that was in force stays so: `.*policy\.bundle\.cjs` is no agsec bundle\n$/)
    rmSync(bundle)
    expect(await stream.ask(ls)).toMatchObject({ decision: 'allow' })
    installPolicy(home, 'deny')
    expect(await stream.ask(ls)).toMatchObject({ decision: 'deny' })
    expect(stream.stderr().split('\n')).toHaveLength(3)
  })
  it('takes no bundle whose data are missing or damaged, and takes it once they are there', async () => {
    const home = allowing()
    const stream = startStream(home)
    expect(await stream.ask(ls)).toMatchObject({ decision: 'allow' })
    const elsewhere = tempFolder()
    installPolicy(elsewhere, 'deny')
    copyFileSync(join(elsewhere, 'policy.bundle.cjs'), join(home, 'policy.bundle.cjs'))
    expect(await stream.ask(ls)).toMatchObject({ decision: 'allow' })
    const data = readdirSync(elsewhere).find(name => name.endsWith('.data')) ?? ''
    const bytes = readFileSync(join(elsewhere, data))
    const damaged = Buffer.from(bytes)
    damaged[damaged.length >> 4] = 1 + (damaged[damaged.length >> 4] ?? 0)
    writeFileSync(join(home, data), damaged)
    await delay(1100)
    expect(await stream.ask(ls)).toMatchObject({ decision: 'allow' })
    writeFileSync(join(home, data), bytes)
    await delay(1100)
    expect(await stream.ask(ls)).toMatchObject({ decision: 'deny' })
    expect(stream.stderr().split('\n')).toHaveLength(2)
  })
  it('ends at once where there is nothing to begin with', () => {
    const home = tempFolder()
    const missing = agsec(['check', '--ndjson', '--bundle', join(home, 'none.cjs')], '{"action":"a"}\n')
    expect(missing).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('there is no bundle') })
    writeFileSync(join(home, 'policy.bundle.cjs'), 'nonsense')
    expect(agsec(['check', '--ndjson', '--agsec-home', home], '{"action":"a"}\n')).toMatchObject({ status: 2, stdout: '' })
  })
  it('decides by sources until there is a bundle', async () => {
    const home = tempFolder()
    samplePolicies(home, 'policies')
    const stream = startStream(home)
    expect(await stream.ask({ ...ls, params: { command: 'rm x' } })).toMatchObject({ decision: 'deny', sid: 'BlockRm' })
    installPolicy(home, 'allow')
    expect(await stream.ask({ ...ls, params: { command: 'rm x' } })).toMatchObject({ decision: 'allow', sid: 'All' })
  })
})

describe('a stream under a mode', () => {
  const mode = (home: string, word: string) => {
    writeFileSync(join(home, 'mode.new'), `${word}\n`)
    renameSync(join(home, 'mode.new'), join(home, 'mode'))
  }

  it('tells what is to be done', async () => {
    const home = tempFolder()
    installPolicy(home, 'review')
    const stream = startStream(home, '--outcome')
    expect(await stream.ask(ls)).toMatchObject({ decision: 'review', outcome: 'asked', mode: 'enforce' })
    mode(home, 'observe')
    expect(await stream.ask(ls)).toMatchObject({ decision: 'review', outcome: 'allowed', mode: 'observe' })
    const tampering = { action: 'bash.execute', params: { command: 'rm -rf ~/.agsec' } }
    expect(await stream.ask(tampering)).toMatchObject({ decision: 'deny', outcome: 'denied', mode: 'observe' })
    mode(home, 'halt')
    expect(await stream.ask(ls)).toMatchObject({ decision: 'review', outcome: 'denied', mode: 'halt' })
    mode(home, 'nonsense')
    expect(await stream.ask(ls)).toMatchObject({ outcome: 'asked', mode: 'enforce' })
    rmSync(join(home, 'mode'))
    expect(await stream.ask(ls)).toMatchObject({ outcome: 'asked', mode: 'enforce' })
  })
  it('records what was decided before it says so', async () => {
    const home = allowing()
    const stream = startStream(home, '--audit', '--context', 'agent=my-app')
    const log = () => readFileSync(join(home, 'audit/current.jsonl'), 'utf8').trimEnd().split('\n')
    const context = { tool_use_id: 'call_1' }
    expect(await stream.ask({ ...ls, context })).toMatchObject({ decision: 'allow', outcome: 'allowed', mode: 'enforce' })
    expect(log().map(line => JSON.parse(line))).toMatchObject([
      { agent: 'my-app', tool_use_id: 'call_1', action: 'bash.execute', params: { command: 'ls' }, decision: 'allow', outcome: 'allowed' },
    ])
    await stream.ask({ ...ls, context })
    await stream.ask({ platform: 'claude-code', input: { tool_name: 'Bash', tool_input: { command: 'ls' }, session_id: 's' } })
    expect(log()).toHaveLength(3)
    expect(JSON.parse(log()[2] ?? '')).toMatchObject({ tool: 'Bash', session_id: 's', action: 'bash.execute' })
    rmSync(join(home, 'audit'), { recursive: true })
    writeFileSync(join(home, 'audit'), '')
    expect(await stream.ask(ls)).toEqual({ error: 'the audit log cannot be written' })
    rmSync(join(home, 'audit'))
    mkdirSync(join(home, 'audit'))
    expect(await stream.ask(ls)).toMatchObject({ decision: 'allow' })
  })
})
