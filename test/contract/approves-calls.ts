/** Approvals with the real hook as a process, on a platform that cannot ask. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { grant } from '../../cli/approvals/store.js'
import { writeBundle } from '../../cli/bundle-files.js'
import { bundleFor } from '../../cli/bundle-target.js'
import { ENGINE_STARTS } from '../../cli/engine/engine-kind.js'
import { homeAt } from '../../cli/home.js'
import { compile } from '../../compiler/compile.js'
import { STATUS } from '../../runtime/agents/contract.js'
import type { Granted } from '../../runtime/host/approvals.js'
import { tempFolder } from '../cli/temp-folder.js'
import { engineCommand, type HookEngine } from './claude-code/installed-hook.js'

const POLICY = `default: deny
statements:
  - { sid: Shell, effect: allow, actions: bash.execute }
  - { sid: Deploy, effect: review, actions: bash.execute, conditions: { params.program: { op: in, value: [deploy, sh, cat] } } }
  - { sid: Remove, effect: deny, actions: bash.execute, conditions: { params.program: rm } }`

const HOUR_MS = 3_600_000

interface Hook {
  readonly home: string
  readonly cwd: string
  readonly args: readonly [string, ...string[]]
}

function newHook(engine: HookEngine): Hook {
  const home = tempFolder()
  const cwd = join(home, 'project')
  mkdirSync(cwd)
  const emitted = bundleFor(ENGINE_STARTS[engine.kind].target, compile([{ path: 'p.yaml', text: POLICY }], { emit: false }))
  if (emitted === undefined) throw new Error('the policy of this test does not compile')
  const bundle = join(home, 'p.cjs')
  writeBundle(bundle, emitted)
  return { home, cwd, args: [...engineCommand(engine), bundle, 'hook', 'codex', '--agsec-home', home, '--home', home] }
}

let calls = 0

function inputOf({ cwd }: Hook, command: string, more: object = {}): string {
  const id = `call-${calls++}`
  return JSON.stringify({
    session_id: 's',
    turn_id: 't',
    cwd,
    hook_event_name: 'PreToolUse',
    permission_mode: 'default',
    tool_name: 'Bash',
    tool_input: { command },
    tool_use_id: id,
    ...more,
  })
}

/** `runs`, or the message. */
function ask(hook: Hook, command: string, more: object = {}): string {
  const [program, ...args] = hook.args
  const { status, stdout, stderr } = spawnSync(program, args, { input: inputOf(hook, command, more), env: {}, encoding: 'utf8' })
  return status === STATUS.allow ? 'runs' : `${stdout}${stderr}`
}

function idIn(message: string): string {
  return /`agsec approve ([0-9a-f]+)`/.exec(message)?.[1] ?? ''
}

/** What the hook noted of a call that it asked for. */
function fingerprintOf(hook: Hook, id: string): string {
  const line = readFileSync(join(hook.home, 'approvals/asked', `${id}.jsonl`), 'utf8').split('\n')[0] ?? ''
  return JSON.parse(line).fingerprint
}

function approve(hook: Hook, message: string, approval: Partial<Granted> = {}): string {
  const fingerprint = fingerprintOf(hook, idIn(message))
  grant(homeAt(hook.home), { v: 1, fingerprint, use: 'once', expires: Date.now() + HOUR_MS, ...approval })
  return fingerprint
}

export function approvesCalls(engine: HookEngine): void {
  it('says what to approve, and lets the very same call run once', () => {
    const hook = newHook(engine)
    const message = ask(hook, 'deploy prod')
    expect(message).toMatch(/agsec approve [0-9a-f]{10}/)
    expect(ask(hook, 'deploy prod')).toBe(message)
    approve(hook, message)
    expect(ask(hook, 'deploy staging')).not.toBe('runs')
    expect(ask(hook, 'deploy prod')).toBe('runs')
    expect(ask(hook, 'deploy prod')).toBe(message)
    const log = readFileSync(join(hook.home, 'audit/current.jsonl'), 'utf8').trim().split('\n')
    expect(log.map(line => JSON.parse(line)).filter(({ approval }) => approval !== undefined)).toMatchObject([
      { outcome: 'allowed', decision: 'review', approval: idIn(message), params: { command: 'deploy prod' } },
    ])
  })

  it('lets it run until a time, and no longer', () => {
    const hook = newHook(engine)
    const message = ask(hook, 'deploy prod')
    approve(hook, message, { use: 'until' })
    expect([ask(hook, 'deploy prod'), ask(hook, 'deploy prod')]).toEqual(['runs', 'runs'])
    for (const use of ['until', 'once'] as const) {
      approve(hook, message, { use, expires: Date.now() - 1 })
      expect(ask(hook, 'deploy prod')).toBe(message)
    }
  })

  it('never lets run what the policy denies', () => {
    const hook = newHook(engine)
    const message = ask(hook, 'deploy prod')
    const denied = ask(hook, 'rm x; deploy prod')
    expect(idIn(denied)).toBe('')
    approve(hook, message, { use: 'until' })
    expect(ask(hook, 'rm x; deploy prod')).toBe(denied)
  })

  it('knows a call by where it is, what its links lead to and what its scripts say', () => {
    const hook = newHook(engine)
    const other = join(hook.home, 'other')
    mkdirSync(other)
    writeFileSync(join(hook.cwd, 'x.sh'), 'echo one\n')
    for (const name of ['a', 'b']) writeFileSync(join(hook.home, name), 'same\n')
    symlinkSync(join(hook.home, 'a'), join(hook.cwd, 'link'))
    const calls = ['sh x.sh', 'cat link', 'deploy prod']
    const before = calls.map(command => ask(hook, command))
    expect(calls.map(command => ask(hook, command))).toEqual(before)
    before.forEach(message => approve(hook, message, { use: 'until' }))
    expect(calls.map(command => ask(hook, command))).toEqual(['runs', 'runs', 'runs'])
    writeFileSync(join(hook.cwd, 'x.sh'), 'echo two\n')
    unlinkSync(join(hook.cwd, 'link'))
    symlinkSync(join(hook.home, 'b'), join(hook.cwd, 'link'))
    expect(calls.map(command => ask(hook, command) === 'runs')).toEqual([false, false, true])
    expect(ask({ ...hook, cwd: other }, 'deploy prod')).not.toBe('runs')
  })

  it('does not count what was tampered with, or is another call’s or another home’s', () => {
    const hook = newHook(engine)
    const message = ask(hook, 'deploy prod')
    const fingerprint = fingerprintOf(hook, idIn(message))
    const path = join(hook.home, 'approvals/granted', `${fingerprint}.json`)
    const good: Granted = { v: 1, fingerprint, use: 'once', expires: Date.now() + HOUR_MS }
    const elsewhere = newHook(engine)
    const foreign = approve(elsewhere, ask({ ...elsewhere, cwd: hook.cwd }, 'deploy prod'))
    expect(foreign).not.toBe(fingerprint)
    mkdirSync(join(hook.home, 'approvals/granted'), { recursive: true })
    renameSync(join(elsewhere.home, 'approvals/granted', `${foreign}.json`), path)
    expect(ask(hook, 'deploy prod')).toBe(message)
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      JSON.stringify({ ...good, v: 2 }),
      JSON.stringify({ ...good, fingerprint: fingerprint.replace(/^./, 'x') }),
      JSON.stringify({ ...good, use: 'always' }),
      JSON.stringify({ ...good, expires: '9e15' }),
      JSON.stringify({ ...good, expires: null }),
    ]) {
      writeFileSync(path, text)
      expect({ text, answer: ask(hook, 'deploy prod') }).toEqual({ text, answer: message })
    }
    writeFileSync(path, JSON.stringify(good))
    expect(ask(hook, 'deploy prod')).toBe('runs')
  })

  it('lets one of two calls at once run', async () => {
    const hook = newHook(engine)
    for (let round = 0; round < 3; round++) {
      approve(hook, ask(hook, 'deploy prod'))
      const statuses = await Promise.all(Array.from({ length: 4 }, () => start(hook, inputOf(hook, 'deploy prod'))))
      expect(statuses.filter(status => status === STATUS.allow)).toHaveLength(1)
    }
  })

  it('answers a platform that asks twice about one call alike', () => {
    const hook = newHook(engine)
    approve(hook, ask(hook, 'deploy prod'))
    const same = { tool_use_id: 'the-call' }
    expect([ask(hook, 'deploy prod', same), ask(hook, 'deploy prod', same)]).toEqual(['runs', 'runs'])
    expect(ask(hook, 'deploy prod')).not.toBe('runs')
  })

  it('keeps nothing of calls that no person has to approve', () => {
    const hook = newHook(engine)
    expect([ask(hook, 'ls'), ask(hook, 'rm x') === 'runs']).toEqual(['runs', false])
    expect(readdirSync(hook.home)).not.toContain('approvals')
  })
}

function start({ args }: Hook, input: string): Promise<number | null> {
  const [program, ...rest] = args
  const child = spawn(program, rest, { env: {}, stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.end(input)
  return new Promise(resolve => child.on('close', resolve))
}
