import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeBundle } from '../../cli/bundle-files.js'
import { bundleFor, type OutputTarget } from '../../cli/bundle-target.js'
import { compile } from '../../compiler/compile.js'
import type { Guard } from '../../sdk/contract.js'
import { createGuard } from '../../sdk/index.js'
import { createGuard as createPortableGuard } from '../../sdk/portable.js'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'agsec-sdk-'))
const commonJs = join(folder, 'policy.bundle.cjs')
const module = join(folder, 'policy.bundle.mjs')

function writeTo(path: string, target: OutputTarget, reason = 'nothing is deleted here'): void {
  const text = `default: allow
statements:
  - {sid: NoDeletes, effect: deny, actions: file.delete, reason: ${reason}}
  - {sid: OnlyThere, effect: deny, actions: web.fetch, conditions: {params.url: {op: not_host, value: example.com}}}
`
  const bundle = bundleFor(target, compile([{ path: 'p.yaml', text }]))
  if (bundle === undefined) throw new Error('the policy does not compile')
  mkdirSync(folder, { recursive: true })
  writeBundle(path, bundle)
}

beforeAll(() => {
  writeTo(commonJs, 'node')
  writeTo(module, 'esm')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(guard: Guard, command: string): string {
  const verdict = guard.authorizeSync({ framework: 'test', name: 'bash', input: { command } })
  return verdict.kind === 'allowed' ? 'allowed' : verdict.message
}

function expectToDecide(guard: Guard): void {
  expect(guard.problem).toBeUndefined()
  expect(run(guard, 'ls -la | sort')).toBe('allowed')
  expect(run(guard, 'find . -name "*.o" | xargs rm')).toContain('nothing is deleted here')
  expect(run(guard, 'curl https://example.org')).toContain('OnlyThere')
  expect(guard.check('web.fetch', { url: 'https://example.com/x' }).decision).toBe('allow')
}

describe('a guard over a bundle', () => {
  it('opens it by its path or its address', () => {
    expectToDecide(createGuard({ bundle: commonJs }))
    expectToDecide(createGuard({ bundle: pathToFileURL(commonJs) }))
    expectToDecide(createGuard({ bundle: String(pathToFileURL(commonJs)) }))
  })

  it('takes what was required or imported', async () => {
    const imported: unknown = await import(pathToFileURL(module).href)
    expectToDecide(createGuard({ bundle: createRequire(import.meta.url)(commonJs) }))
    expectToDecide(createGuard({ bundle: imported }))
    expectToDecide(createPortableGuard({ bundle: imported }))
    expectToDecide(createPortableGuard({ bundle: (imported as { readonly bundle: unknown }).bundle }))
  })

  it('takes the one that is there now, and needs nothing of it later', () => {
    const path = join(folder, 'changing.cjs')
    writeTo(path, 'node')
    const before = createGuard({ bundle: path })
    writeTo(path, 'node', 'not even this')
    const after = createGuard({ bundle: path })
    // Parts of the kernel that no call has needed so far are in there, too.
    for (const name of readdirSync(folder).filter(each => each.endsWith('.data'))) rmSync(join(folder, name))
    expectToDecide(before)
    expect(run(after, 'rm x')).toContain('not even this')
    writeTo(commonJs, 'node')
  })

  it('refuses everything without one', () => {
    expect(createGuard({ bundle: join(folder, 'none.cjs') }).problem).toContain('there is no bundle')
    expect(createGuard({ bundle: commonJs, rules: [] }).problem).toContain('exclude each other')
    expect(createGuard({ bundle: { decideCall: () => ({ decision: 'allow' }) } }).problem).toContain('an older version')
    expect(createPortableGuard({ bundle: commonJs }).problem).toContain('there are no files here')
    expect(createPortableGuard({ rules: [] }).problem).toContain('are empty')
    expect(createPortableGuard({ rules: [{ effect: 'allow' }] }).problem).toContain('--target esm')
  })
})

describe('a bundle that is one module', () => {
  /** As a bundler for browsers makes one script of an application. */
  function script(): string {
    const contents = `
      import { createGuard } from './sdk/portable.ts'
      import { bundle } from ${JSON.stringify(module)}
      globalThis.guard = createGuard({ bundle, machine: { home: '/home/u', cwd: '/proj' } })`
    const { outputFiles } = buildSync({
      stdin: { contents, resolveDir: root },
      platform: 'browser',
      format: 'iife',
      bundle: true,
      write: false,
    })
    return outputFiles[0]?.text ?? ''
  }

  it('decides where there is nothing but ECMAScript, and no code may be made of text', () => {
    const world = createContext({}, { codeGeneration: { strings: false, wasm: false } })
    runInContext(script(), world)
    const ask = (name: string, input: string): unknown =>
      runInContext(`guard.authorizeSync({ framework: 'test', name: ${JSON.stringify(name)}, input: ${JSON.stringify(input)} })`, world)
    expect(runInContext('typeof process + typeof require + typeof Buffer + guard.problem', world)).toBe(
      'undefinedundefinedundefinedundefined',
    )
    expect(ask('bash', '{"command":"ls"}')).toMatchObject({ kind: 'allowed' })
    expect(ask('bash', '{"command":"awk \'BEGIN { system(\\"rm x\\") }\'"}')).toMatchObject({ kind: 'refused' })
    expect(ask('fetch', '{"url":"https://example.org"}')).toMatchObject({ kind: 'refused' })
  })
})

describe('the entry', () => {
  function entry(contents: string): string {
    const { outputFiles } = buildSync({
      stdin: { contents, resolveDir: root },
      platform: 'node',
      format: 'esm',
      bundle: true,
      minify: true,
      write: false,
      tsconfigRaw: '{}',
    })
    return outputFiles[0]?.text ?? ''
  }

  it('has at most 40 KB with gzip, and neither compiler nor kernel in it', () => {
    const text = entry(`export * from './sdk/index.ts'`)
    expect(gzipSync(text).length).toBeLessThan(40 * 1024)
    expect(text).not.toContain('not a decision table')
  })

  it('leaves out what is not used', () => {
    expect(entry(`export { PolicyViolationError } from './sdk/index.ts'`).length).toBeLessThan(1024)
    expect(entry(`export { deny, param } from './sdk/index.ts'`).length).toBeLessThan(4096)
  })
})
