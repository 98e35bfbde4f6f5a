/** How much ordinary calls use each function of a kernel, found by having them answered; runs when the package is built. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { functionsOf, type FunctionSpan, type Place } from './cold-functions.js'
import { ordinaryCalls } from './ordinary-calls.js'

/** A text that a kernel consists of. */
export interface KernelText {
  /** As it is called where code is made of it. */
  readonly name: string
  readonly text: string
  /** Of each function. */
  readonly places: readonly Place[]
}

export interface TriedKernel {
  /** The first one is the kernel. */
  readonly texts: readonly KernelText[]
  /** What stands beside a bundle of it. */
  readonly data: { readonly table: Uint8Array; readonly parts: string }
}

/** What `runtime/host/function-use-writer.ts` tells of a call: by the name of each text that it made code of, where the functions begin and end that it called. */
type FunctionUse = Readonly<Record<string, UsedFunctions>>
type UsedFunctions = readonly (readonly [start: number, end: number])[]

/** @returns for the functions in texts that some call makes code of, which share of those calls uses them, 0 to 1 */
export async function functionUse({ texts, data }: TriedKernel, options: BuildOptions): Promise<ReadonlyMap<Place, number>> {
  const calls = await usedFunctions(texts[0]?.text ?? '', data, options)
  const uses = new Map<Place, number>()
  for (const { name, text, places } of texts) {
    const made = calls.flatMap(call => (call[name] === undefined ? [] : [call[name]]))
    const functions = functionsOf(text)
    if (functions.length !== places.length) throw new Error(`the functions of ${name} are not those that were built`)
    for (const [i, place] of made.length === 0 ? [] : places.entries()) {
      const count = made.filter(used => isAmong(functions[i], used)).length
      // Where the map knows no better, several functions stand at one place.
      uses.set(place, Math.max(count / made.length, uses.get(place) ?? 0))
    }
  }
  return uses
}

/** Of a method the engine tells where its parameters begin. */
function isAmong(span: FunctionSpan | undefined, used: UsedFunctions): boolean {
  return span !== undefined && used.some(([start, end]) => end === span.end && start >= span.start && start < span.bodyStart)
}

async function usedFunctions(
  kernel: string,
  { table, parts }: TriedKernel['data'],
  options: BuildOptions,
): Promise<readonly FunctionUse[]> {
  const folder = mkdtempSync(join(tmpdir(), 'agsec-use-'))
  try {
    const [program, output, file] = [join(folder, 'writer.cjs'), join(folder, 'use.json'), 'policy.data']
    await build({ ...options, entryPoints: ['runtime/host/function-use-writer.ts'], format: 'cjs', outfile: program })
    writeFileSync(join(folder, file), Buffer.concat([table, Buffer.from(parts)]))
    const args = [
      'hook',
      'claude-code',
      '--agsec-home',
      folder,
      '--home',
      folder,
      '--user',
      'agsec',
      '--cli',
      process.execPath,
      '/nonexistent',
    ]
    const calls = ordinaryCalls().map(input => ({ args, input }))
    writeStamp(folder, 'policy.bundle.cjs')
    const place = { file, table: table.length, parts: parts.length }
    const order = { kernel, output, bundle: join(folder, 'policy.bundle.cjs'), folder, place, calls }
    const { status, stderr } = spawnSync(process.execPath, [program], { input: JSON.stringify(order), cwd: '/', encoding: 'utf8', env: {} })
    if (status !== 0) throw new Error(`the kernel could not be tried: ${stderr}`)
    return JSON.parse(readFileSync(output, 'utf8')) as readonly FunctionUse[]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As of policies that have not changed since they were compiled. */
function writeStamp(folder: string, bundle: string): void {
  const path = join(folder, 'policy.yaml')
  writeFileSync(path, '')
  const { size, mtimeMs, ctimeMs } = statSync(path)
  const stamp = { version: 1, sourceDigest: '', paths: [path], files: [{ path, size, mtimeMs, ctimeMs }] }
  writeFileSync(join(folder, `${bundle}.stamp.json`), JSON.stringify(stamp))
}
