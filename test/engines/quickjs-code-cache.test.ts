/** Hooks on quickjs-ng with and without what it compiled of the kernel, and with damaged ones: the answers are the same. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engineProgram } from '../../bench/engine-programs.js'
import { writeCodeCache } from '../../cli/engine/code-cache.js'
import { ENGINE_STARTS } from '../../cli/engine/engine-kind.js'
import { homeAt } from '../../cli/home.js'
import { codeCacheName, COMMENT_START } from '../../compiler/emit/kernel.js'
import { ordinaryCalls } from '../../compiler/emit/ordinary-calls.js'
import { agsec } from '../cli/run-cli.js'

const folder = mkdtempSync(join(tmpdir(), 'agsec-quickjs-code-'))
const home = homeAt(join(folder, 'home'))
const cache = join(home.folder, codeCacheName('qjs'))
const { flags } = ENGINE_STARTS.qjs
const engine = () => ({ kind: 'qjs', program: engineProgram('quickjs-ng'), flags }) as const

let whole: Buffer

beforeAll(() => {
  expect(agsec(['--agsec-home', home.folder, 'init'])).toMatchObject({ status: 0 })
  expect(agsec(['--agsec-home', home.folder, 'compile', '--target', 'qjs'])).toMatchObject({ status: 0 })
  expect(writeCodeCache(home.bundle, engine())).toBeUndefined()
  whole = readFileSync(cache)
})
beforeEach(() => writeFileSync(cache, whole))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function hook(input: string, bundle = home.quickjsBundle) {
  const facts = ['--agsec-home', join(folder, 'other'), '--home', folder, '--user', 'u']
  const { program } = engine()
  const { status, stdout, stderr } = spawnSync(program, [...flags, bundle, 'hook', 'claude-code', ...facts], {
    input,
    encoding: 'utf8',
    env: {},
  })
  return { status, stdout, stderr }
}

const bash = (command: string) =>
  JSON.stringify({ session_id: 's', cwd: '/', hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command } })

/** The same files in a folder of their own, but what their names are changed to. */
function changed(name: string, change: (bundle: string) => string, changeData?: (data: Buffer, table: number) => void): string {
  const other = join(folder, name)
  cpSync(home.folder, other, { recursive: true })
  const bundle = join(other, 'policy.bundle.qjs.js')
  const text = readFileSync(bundle, 'utf8')
  writeFileSync(bundle, change(text))
  const [, file = '', table] = /"file":"([^"]+)","table":(\d+)/.exec(text) ?? []
  const data = readFileSync(join(other, file))
  changeData?.(data, Number(table))
  writeFileSync(join(other, file), data)
  return bundle
}

/** Without what stands from there to the end of the line. */
function blanked(text: string, from: number): string {
  const end = text.indexOf('\n', from)
  return text.slice(0, from) + ' '.repeat(end - from) + text.slice(end)
}

describe('the code cache of quickjs-ng', () => {
  it('is used, for the kernel and for its parts', () => {
    // There is no text that code could be made of.
    const bundle = changed(
      'no-text',
      text => blanked(text, text.lastIndexOf(COMMENT_START) + COMMENT_START.length),
      (data, table) => data.fill(' ', table),
    )
    for (const command of ['git status', 'cat .env', 'rm -rf /', 'cd /tmp; find . -name x | xargs rm']) {
      expect(hook(bash(command), bundle)).toEqual(hook(bash(command)))
    }
    rmSync(join(bundle, '..', codeCacheName('qjs')))
    expect(hook(bash('git status'), bundle).status).not.toBe(0)
  })

  it('changes no answer', () => {
    const without = changed('without', text => text)
    rmSync(join(without, '..', codeCacheName('qjs')))
    for (const input of ordinaryCalls()) expect(hook(input)).toEqual(hook(input, without))
  })

  it('is let alone where a byte of it is another', () => {
    const expected = hook(bash('cat .env'))
    expect(JSON.parse(expected.stdout)).toMatchObject({ hookSpecificOutput: { permissionDecision: 'deny' } })
    const places = [
      0,
      3,
      20,
      1024,
      1025,
      1029,
      1030,
      1100,
      1500,
      2000,
      8192,
      8193,
      8200,
      30_000,
      60_000,
      whole.length >> 1,
      whole.length - 200_000,
    ]
    for (const place of places) {
      for (const bit of [1, 0x80]) {
        const damaged = Buffer.from(whole)
        damaged[place] = (damaged[place] ?? 0) ^ bit
        writeFileSync(cache, damaged)
        expect([place, hook(bash('cat .env'))]).toEqual([place, expected])
      }
    }
  })

  it.each([
    ['empty', () => Buffer.alloc(0)],
    ['cut off in its head', () => whole.subarray(0, 1030)],
    ['cut off in its pieces', () => whole.subarray(0, 9000)],
    ['no cache at all', () => Buffer.alloc(20_000, 'x')],
    ['of all ones', () => Buffer.from(whole).fill(0xff, 8192)],
    ["another version's", () => Buffer.from(whole.toString('latin1').replace(/quickjs-ng\/\S+/, 'quickjs-ng/0.0.1'), 'latin1')],
  ])('is let alone where it is %s', (_, content) => {
    const expected = hook(bash('rm -rf /'))
    writeFileSync(cache, content())
    expect(hook(bash('rm -rf /'))).toEqual(expected)
  })

  it('is written for an engine that checks what it reads, and for no other', () => {
    mkdirSync(join(folder, 'bare'))
    const bare = join(folder, 'bare', 'policy.bundle.cjs')
    expect(writeCodeCache(bare, { ...engine(), program: engineProgram('quickjs') })).toBe(
      'this QuickJS keeps nothing of what it compiles; quickjs-ng does',
    )
    expect(writeCodeCache(bare, { ...engine(), program: '/nonexistent/qjs' })).toContain('ENOENT')
    expect(readdirSync(join(folder, 'bare'))).toEqual([])
  })

  it('leaves that of Node where it is', () => {
    const node = { kind: 'node', program: process.execPath, flags: [] } as const
    expect(writeCodeCache(home.bundle, node)).toBeUndefined()
    expect(writeCodeCache(home.bundle, engine())).toBeUndefined()
    expect(
      readdirSync(home.folder)
        .filter(name => name.endsWith('.code'))
        .sort(),
    ).toEqual([codeCacheName('node'), codeCacheName('qjs')].sort())
  })
})
