/** Hooks with and without a code cache, and with damaged ones: the answers are the same. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasCodeCache, refreshCodeCache, writeCodeCache } from '../../../cli/engine/code-cache.js'
import { noteEngine } from '../../../cli/engine/installed-engine.js'
import { ordinaryCalls } from '../../../compiler/emit/ordinary-calls.js'
import { homeAt } from '../../../cli/home.js'
import { codeCacheName } from '../../../compiler/emit/kernel.js'
import { type CodeCacheHeader, engineMark, PIECES_AT } from '../../../runtime/host/code-cache.js'
import { agsec } from '../run-cli.js'

const folder = mkdtempSync(join(tmpdir(), 'agsec-code-cache-'))
const home = homeAt(join(folder, 'home'))
const cache = join(home.folder, codeCacheName('node'))
const node = { kind: 'node', program: process.execPath, version: process.versions.node, flags: [] } as const
const PROBE = join(import.meta.dirname, 'loaded-code.cjs')

let whole: Buffer

beforeAll(() => {
  expect(agsec(['--agsec-home', home.folder, 'init'])).toMatchObject({ status: 0 })
  expect(writeCodeCache(home.bundle, node)).toBeUndefined()
  whole = readFileSync(cache)
})
beforeEach(() => writeFileSync(cache, whole))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** @returns the answer, and which code came out of the cache */
function hook(platform: string, input: string, bundle = home.bundle) {
  const facts = ['--agsec-home', join(folder, 'other'), '--home', folder, '--user', 'u']
  const args = ['--require', PROBE, bundle, 'hook', platform, ...facts]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8', env: {} })
  const cached = (/^cached: (.*)$/m.exec(stderr)?.[1] ?? '').split(' ').filter(name => name !== '')
  return { answer: { status, stdout, stderr: stderr.replace(/^cached: .*\n/m, '') }, cached }
}

const bash = (command: string) =>
  JSON.stringify({ session_id: 's', cwd: '/', hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command } })

const header = (): CodeCacheHeader => JSON.parse(whole.subarray(0, PIECES_AT).toString('latin1')) as CodeCacheHeader

/** The header has room. */
function ofAnother(mark: string, other: string): Buffer {
  const line = JSON.stringify(header()).replace(mark, other)
  expect(line).not.toBe(JSON.stringify(header()))
  return Buffer.concat([Buffer.from(`${line}\n`.padEnd(PIECES_AT), 'latin1'), whole.subarray(PIECES_AT)])
}

describe('a code cache', () => {
  it('is used, for the kernel and for its parts', () => {
    expect(hook('claude-code', bash('git status')).cached.length).toBeGreaterThan(2)
    expect(hook('claude-code', bash('git status')).cached).toContain('kernel')
  })

  it('changes no answer', () => {
    const plain = join(folder, 'plain')
    cpSync(home.folder, plain, { recursive: true })
    rmSync(join(plain, codeCacheName('node')))
    for (const input of ordinaryCalls()) {
      const without = hook('claude-code', input, join(plain, 'policy.bundle.cjs'))
      expect(without.cached).toEqual([])
      expect(hook('claude-code', input).answer).toEqual(without.answer)
    }
  })

  it('is let alone where a byte of a piece is another, in either copy', () => {
    const expected = hook('claude-code', bash('cat .env')).answer
    const [at, length] = header().pieces['kernel'] ?? [0, 0]
    for (const place of [at, at + (length >> 1), at + length - 1, at + length, at + length + (length >> 1), at + 2 * length - 1]) {
      const damaged = Buffer.from(whole)
      damaged[place] = (damaged[place] ?? 0) ^ 1
      writeFileSync(cache, damaged)
      const { answer, cached } = hook('claude-code', bash('cat .env'))
      expect(cached).not.toContain('kernel')
      expect(answer).toEqual(expected)
    }
  })

  it.each([
    ['empty', () => Buffer.alloc(0)],
    ['cut off in its header', () => whole.subarray(0, 40)],
    ['cut off in its pieces', () => whole.subarray(0, PIECES_AT + 100)],
    ['no cache at all', () => Buffer.from('{"engine":"')],
    ['without pieces', () => Buffer.from(`${JSON.stringify({ engine: engineMark() })}\n`)],
    ["another version's", () => ofAnother(process.version, 'v20.0.0-x')],
    ["another engine's", () => ofAnother(process.execPath, `${process.execPath}x`)],
    ["another build's", () => ofAnother(String(statSync(process.execPath).mtimeMs), '1')],
  ])('is let alone where it is %s', (_, content) => {
    const expected = hook('claude-code', bash('rm -rf /')).answer
    writeFileSync(cache, content())
    expect(hook('claude-code', bash('rm -rf /'))).toEqual({ answer: expected, cached: [] })
  })

  it('of pieces that V8 does not take costs nothing but time', () => {
    const { pieces } = header()
    const damaged = Buffer.from(whole)
    for (const [at, length] of Object.values(pieces)) for (const start of [at, at + length]) damaged.fill(0, start, start + 16)
    writeFileSync(cache, damaged)
    const { answer, cached } = hook('claude-code', bash('cat .env'))
    expect(cached).toEqual([])
    expect(JSON.parse(answer.stdout)).toMatchObject({ hookSpecificOutput: { permissionDecision: 'deny' } })
  })

  it('is written anew after an update, in the place of the old one, and where hooks are installed alone', () => {
    rmSync(cache)
    const old = join(home.folder, 'policy-kernel-0123456789abcdef.code')
    writeFileSync(old, whole)
    refreshCodeCache(home)
    expect(hasCodeCache(home.bundle, 'node')).toBe(false)
    noteEngine(home, { ...node, quickFlags: [], remarks: [] })
    refreshCodeCache(home)
    expect(hasCodeCache(home.bundle, 'node')).toBe(true)
    expect(existsSync(old)).toBe(false)
  })

  it('is that of the flags too', () => {
    const flags = ['--no-rehash-snapshot']
    expect(writeCodeCache(home.bundle, { ...node, flags })).toBeUndefined()
    expect(hook('claude-code', bash('ls')).cached).toEqual([])
  })

  it('is for Node alone', () => {
    rmSync(cache)
    expect(writeCodeCache(home.bundle, { ...node, kind: 'bun' })).toBeUndefined()
    expect(hasCodeCache(home.bundle, 'node')).toBe(false)
  })

  it('that cannot be written is no failure, and leaves nothing', () => {
    rmSync(cache)
    expect(writeCodeCache(home.bundle, { ...node, program: '/nonexistent/node' })).toContain('ENOENT')
    expect(writeCodeCache(home.bundle, { ...node, flags: ['--no-such-flag'] })).toContain('no-such-flag')
    expect(hasCodeCache(home.bundle, 'node')).toBe(false)
    mkdirSync(join(folder, 'bare'), { recursive: true })
    writeFileSync(join(folder, 'bare', 'policy.bundle.cjs'), 'no bundle')
    expect(writeCodeCache(join(folder, 'bare', 'policy.bundle.cjs'), node)).toContain('no agsec bundle')
    const older = readFileSync(home.bundle, 'utf8').replace(codeCacheName('node'), 'policy-kernel-0123456789abcdef.code')
    writeFileSync(join(folder, 'bare', 'policy.bundle.cjs'), older)
    expect(writeCodeCache(join(folder, 'bare', 'policy.bundle.cjs'), node)).toContain('compiled by another version')
    expect(readdirSync(join(folder, 'bare'))).toEqual(['policy.bundle.cjs'])
  })
})
