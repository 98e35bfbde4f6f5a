/** `npm run bench`: one table of what a decision costs. Read the ratios; the absolute figures are this machine's, this minute. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile } from '../compiler/compile.js'
import { openDecider } from '../runtime/decide/open.js'
import { nodeHost } from '../runtime/host/node.js'
import type { SourceStamp } from '../runtime/host/source-stamp.js'
import { type Contender, measureCold } from './cold.js'
import { policyText } from './policies.js'
import { measureWarm } from './warm.js'

const SIZES = [10, 100, 1000, 10_000] as const
const COLD_ROUNDS = 21
const WARM_MS = 1000

interface Built {
  readonly size: number
  readonly text: string
  readonly yamlPath: string
  readonly bundlePath: string
  readonly compileMs: number
  readonly scriptBytes: number
  readonly tableBytes: number
  readonly table: Uint8Array
}

function build(folder: string, size: number): Built {
  const text = policyText(size)
  const yamlPath = join(folder, `policy-${size}.yaml`)
  const bundlePath = join(folder, `policy-${size}.bundle.cjs`)
  writeFileSync(yamlPath, text)
  const start = performance.now()
  const { bundle, table, diagnostics } = compile([{ path: `policy-${size}.yaml`, text }], { selfProtection: false })
  const compileMs = performance.now() - start
  if (bundle === undefined || table === undefined) throw new Error(diagnostics[0]?.message)
  writeFileSync(bundlePath, bundle.text)
  writeFileSync(`${bundlePath}.stamp.json`, JSON.stringify(stampOf(yamlPath)))
  if (bundle.tableFile) writeFileSync(join(folder, bundle.tableFile.name), bundle.tableFile.bytes)
  return { size, text, yamlPath, bundlePath, compileMs, scriptBytes: bundle.text.length, tableBytes: table.length, table }
}

/** What `agsec compile` leaves beside a bundle: the hook is measured with its look at the sources. */
function stampOf(yamlPath: string): SourceStamp {
  const facts = nodeHost.fileFacts(yamlPath)
  if (facts === undefined) throw new Error(`${yamlPath} is gone`)
  const { size, mtimeMs, ctimeMs } = facts
  return { version: 1, sourceDigest: '', paths: [yamlPath], files: [{ path: yamlPath, size, mtimeMs, ctimeMs }] }
}

function contenders(folder: string, built: readonly Built[]): readonly Contender[] {
  const own = (name: string, ...args: readonly string[]): Contender => ({ name, command: process.execPath, args })
  const hookArgs = [
    'hook',
    'claude-code',
    '--agsec-home',
    join(folder, 'home'),
    '--home',
    folder,
    '--user',
    'u',
    '--cli',
    process.execPath,
    '/nonexistent',
  ]
  const local = (name: string) => join(import.meta.dirname, name)
  return [
    own('a do-nothing Node hook', local('empty-hook.cjs')),
    ...built.map(({ size, bundlePath }) => own(`agsec hook, ${size} statements`, bundlePath, ...hookArgs)),
    ...built.map(({ size, yamlPath }) => own(`naive YAML interpreter, ${size} statements`, local('naive.mjs'), yamlPath)),
  ]
}

function row(...cells: readonly (string | number)[]): void {
  process.stdout.write(`${cells.map((cell, i) => (i === 0 ? String(cell).padEnd(42) : String(cell).padStart(14))).join('')}\n`)
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'agsec-bench-'))
  try {
    const built = SIZES.map(size => build(folder, size))
    row('cold, spawn to exit', 'median ms', 'ratio')
    for (const { name, medianMs, ratio } of measureCold(contenders(folder, built), COLD_ROUNDS))
      row(name, medianMs.toFixed(1), ratio.toFixed(2))
    row('\nwarm, one decision', 'compiled ns', 'naive ns', 'naive/compiled', 'per second')
    for (const { size, text, table } of built) {
      const { compiledNs, naiveNs } = await measureWarm(openDecider(table), text, WARM_MS)
      row(`${size} statements`, compiledNs.toFixed(0), naiveNs.toFixed(0), (naiveNs / compiledNs).toFixed(1), Math.round(1e9 / compiledNs))
    }
    row('\nsize', 'script bytes', 'table bytes', 'compile ms')
    for (const { size, scriptBytes, tableBytes, compileMs } of built)
      row(`${size} statements`, scriptBytes, tableBytes, compileMs.toFixed(0))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
