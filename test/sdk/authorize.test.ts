import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Guard, OnReview, ToolUse, Verdict } from '../../sdk/contract.js'
import { createGuard } from '../../sdk/index.js'
import type { AuditRecord, GuardOptions } from '../../sdk/options.js'
import { allow, deny, review } from '../../sdk/rules.js'
import { compilePolicy } from '../../sdk/compiler.js'
import { tempFolder } from '../cli/temp-folder.js'

/** Compiled once for all. */
const policy = { bundle: { embedded: compilePolicy([], [allow('*'), deny('payment'), review('email.send')]) } }

function call(guard: Guard, name: string, input: unknown = { to: 'a' }): Verdict | Promise<Verdict> {
  return guard.authorize({ framework: 'langchain', name, input, id: 'call-7', context: { session_id: 's' } })
}

async function kindOf(options: Partial<GuardOptions>, name: string): Promise<string> {
  return (await call(createGuard({ ...policy, ...options }), name)).kind
}

describe('a review', () => {
  it('runs only what was approved', async () => {
    expect(await kindOf({ onReview: () => true }, 'email.send')).toBe('allowed')
    expect(await kindOf({ onReview: async () => true }, 'email.send')).toBe('allowed')
    expect(await kindOf({}, 'email.send')).toBe('refused')
    for (const answer of [false, undefined, 'yes', 1, {}]) {
      expect(await kindOf({ onReview: () => answer as boolean }, 'email.send')).toBe('refused')
      expect(await kindOf({ onReview: async () => answer as boolean }, 'email.send')).toBe('refused')
    }
  })

  it('that fails or is never answered is a refusal', async () => {
    const failing = () => {
      throw new Error('no terminal')
    }
    const answers: readonly OnReview[] = [
      failing,
      () => Promise.reject(new Error('no terminal')),
      () => JSON.parse('{"then":1}', (key, value: unknown) => (key === 'then' ? failing : value)) as Promise<boolean>,
      () => new Promise(() => {}),
    ]
    for (const onReview of answers) expect(await kindOf({ onReview, reviewTimeoutMs: 20 }, 'email.send')).toBe('refused')
  })

  it('may take as long as one likes', async () => {
    const onReview = () => new Promise<boolean>(done => setTimeout(() => done(true), 30))
    expect(await kindOf({ onReview, reviewTimeoutMs: Number.POSITIVE_INFINITY }, 'email.send')).toBe('allowed')
    expect(await kindOf({ onReview, reviewTimeoutMs: Number.NaN }, 'email.send')).toBe('refused')
  })

  it('is asked of reviews alone, with the whole decision', async () => {
    const asked: unknown[] = []
    const guard = createGuard({ ...policy, onReview: decision => asked.push(decision) > 0 })
    await call(guard, 'payment')
    await call(guard, 'other')
    guard.authorizeSync({ framework: 'test', name: 'email.send', input: {} })
    guard.check('email.send')
    expect(asked).toEqual([])
    await call(guard, 'email.send')
    expect(asked).toMatchObject([
      { tool: 'email.send', action: 'tool.email.send', params: { to: 'a' }, context: { tool_use_id: 'call-7' } },
    ])
  })

  it('makes a promise only where somebody is asked', async () => {
    const guard = createGuard({ ...policy, onReview: async () => true })
    expect(call(guard, 'other')).not.toBeInstanceOf(Promise)
    expect(call(guard, 'payment')).not.toBeInstanceOf(Promise)
    await expect(call(guard, 'email.send')).resolves.toMatchObject({ kind: 'allowed' })
  })
})

describe('the mode', () => {
  it('observe lets everything run that is not about agsec itself', async () => {
    const records: AuditRecord[] = []
    const options: Partial<GuardOptions> = { mode: 'observe', audit: record => void records.push(record) }
    expect(await kindOf(options, 'payment')).toBe('allowed')
    expect(records).toMatchObject([{ decision: 'deny', outcome: 'allowed', mode: 'observe' }])
    const guard = createGuard({ ...policy, ...options, machine: { home: '/home/u', cwd: '/home/u' } })
    expect((await call(guard, 'bash', { command: 'rm -rf .agsec' })).kind).toBe('refused')
    // Nor what cannot be read.
    expect((await call(guard, 'payment', '{')).kind).toBe('refused')
  })

  it('halt refuses everything', async () => {
    expect(await kindOf({ mode: 'halt' }, 'other')).toBe('refused')
  })

  it('machine is what the command line set, whenever it did, and the log is that of the hooks', async () => {
    const home = tempFolder()
    vi.stubEnv('HOME', home)
    onTestFinished(() => void vi.unstubAllEnvs())
    const guard = createGuard({ ...policy, mode: 'machine', audit: true })
    const outcomes: string[] = []
    for (const mode of ['enforce', 'observe', 'halt', 'nonsense']) {
      mkdirSync(join(home, '.agsec'), { recursive: true })
      writeFileSync(join(home, '.agsec/mode'), `${mode}\n`)
      outcomes.push((await call(guard, 'payment')).kind, (await call(guard, 'other')).kind)
    }
    expect(outcomes.join(' ')).toBe('refused allowed allowed allowed refused refused refused allowed')
    const records = readFileSync(join(home, '.agsec/audit/current.jsonl'), 'utf8').trimEnd().split('\n')
    expect(records.map(line => (JSON.parse(line) as AuditRecord).mode).join(' ')).toBe(
      'enforce enforce observe observe halt halt enforce enforce',
    )
  })
})

describe('the audit', () => {
  it('has a record of every call, as hooks write them', async () => {
    const folder = join(tempFolder(), 'audit')
    const guard = createGuard({ ...policy, audit: folder, agent: 'shop', onReview: () => true })
    for (const name of ['other', 'payment', 'email.send']) await call(guard, name)
    await call(guard, 'other', '{"half":')
    guard.check('payment')
    const lines = readFileSync(join(folder, 'current.jsonl'), 'utf8').trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line) as unknown)).toMatchObject([
      { v: 1, agent: 'shop', framework: 'langchain', tool_use_id: 'call-7', session_id: 's', tool: 'other', outcome: 'allowed' },
      { tool: 'payment', action: 'tool.payment', decision: 'deny', outcome: 'denied', sid: 'rules#2' },
      { tool: 'email.send', decision: 'review', outcome: 'allowed', approval: 'onReview' },
      {
        framework: 'langchain',
        tool_use_id: 'call-7',
        session_id: 's',
        tool: 'other',
        action: 'tool.other',
        reason: 'the arguments are no JSON',
      },
    ])
    expect(lines).toHaveLength(4)
  })

  it('says who called even where that is what could not be found out', async () => {
    const records: AuditRecord[] = []
    const context = () => {
      throw new Error('nobody knows')
    }
    expect(await kindOf({ context, agent: 'shop', audit: record => void records.push(record) }, 'other')).toBe('refused')
    expect(records).toMatchObject([{ agent: 'shop', framework: 'langchain', tool_use_id: 'call-7', tool: 'other', outcome: 'denied' }])
  })

  it('that fails lets nothing run, unless agsec only observes', async () => {
    const file = join(tempFolder(), 'file')
    writeFileSync(file, '')
    const failing = () => {
      throw new Error('the disk is full')
    }
    expect(await kindOf({ audit: file }, 'other')).toBe('refused')
    expect(await kindOf({ audit: failing }, 'other')).toBe('refused')
    expect(await kindOf({ audit: failing, mode: 'observe' }, 'other')).toBe('allowed')
  })

  it('is nowhere unless it is asked for', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'x'))
    expect(await kindOf({}, 'other')).toBe('allowed')
    expect(existsSync(join(folder, 'x/current.jsonl'))).toBe(false)
  })
})

describe('a guard', () => {
  it('takes no harm from what is no call of a tool', () => {
    const guard = createGuard(policy)
    const throwing = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
      },
    )
    for (const use of [undefined, null, 5, {}, [], throwing, { name: { toString: () => 'other' } }]) {
      expect(guard.authorize(use as ToolUse)).toMatchObject({ kind: 'refused' })
      expect(guard.authorizeSync(use as ToolUse).kind).toBe('refused')
    }
    for (const action of [undefined, null, 5, {}]) expect(guard.check(action as string).decision).toBe('deny')
    for (const options of [undefined, null, throwing]) expect(createGuard(options as GuardOptions).check('other').decision).toBe('deny')
  })

  it('reads arguments however deep and long, or refuses them', () => {
    const guard = createGuard(policy)
    const kind = (input: string) => guard.authorizeSync({ framework: 'test', name: 'other', input }).kind
    expect(['allowed', 'refused']).toContain(kind(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`))
    expect(kind(`{"a":"${'x'.repeat(1_000_000)}"}`)).toBe('allowed')
    expect(kind(`{"a":"${'x'.repeat(9_000_000)}"}`)).toBe('refused')
  })
})

describe('the context', () => {
  it('is what the options and the call say', () => {
    const guard = createGuard({
      rules: [deny()],
      agent: 'shop',
      context: () => ({ cwd: '/shop', tenant: 'a' }),
      machine: { home: '/home/u', cwd: '/proj', user: 'u' },
    })
    const verdict = guard.authorizeSync({ framework: 'test', name: 'read', input: { path: 'x' }, context: { tenant: 'b' } })
    if (verdict.kind === 'allowed') throw new Error('everything is denied here')
    expect(verdict.error.decision).toMatchObject({
      params: { file_path: '/shop/x' },
      context: {
        agent: 'shop',
        cwd: '/shop',
        project_root: '/shop',
        tenant: 'b',
        home: '/home/u',
        user: 'u',
        platform: 'linux',
        mode: 'enforce',
      },
    })
  })

  it('follows the process where it works in another folder, and has none where that is gone', () => {
    const guard = createGuard({ rules: [deny()] })
    const folders = [realpathSync(tempFolder()), realpathSync(tempFolder())]
    const cwd = vi.spyOn(process, 'cwd')
    onTestFinished(() => cwd.mockRestore())
    const read = () => {
      const verdict = guard.authorizeSync({ framework: 'test', name: 'read', input: { path: 'x' } })
      return verdict.kind === 'refused' ? verdict.error.decision : undefined
    }
    for (const folder of folders) {
      cwd.mockReturnValue(folder)
      expect(read()).toMatchObject({ params: { file_path: `${folder}/x` }, context: { cwd: folder, project_root: folder } })
    }
    cwd.mockImplementation(() => {
      throw new Error('the folder is gone')
    })
    expect(read()?.message).toBe('[agsec] the folder is gone.')
  })

  it('that cannot be had refuses the call', () => {
    const guard = createGuard({
      ...policy,
      context() {
        throw new Error('no request')
      },
    })
    expect(guard.authorizeSync({ framework: 'test', name: 'other', input: {} })).toMatchObject({ message: '[agsec] no request.' })
    expect(guard.check('other')).toMatchObject({ decision: 'deny', reason: 'no request' })
  })
})
