/** The policies of one run, compiled as `agsec compile` does it, each bundle in a folder with what lies beside it. */
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { hasCodeCache, writeCodeCache } from '../cli/engine/code-cache.js'
import { compile } from '../compiler/compile.js'
import type { Ir } from '../compiler/ir/ir.js'
import type { Source } from '../compiler/source.js'
import type { BundleApi } from '../runtime/host/bundle-api.js'
import { nodeHost } from '../runtime/host/node.js'
import type { SourceStamp } from '../runtime/host/source-stamp.js'
import { cpuMs } from './paired.js'
import { type BenchStatement, benchPolicy, policyYaml } from './policies.js'

export interface Built {
  readonly size: number
  readonly policy: readonly BenchStatement[]
  readonly bundlePath: string
  readonly dataPath: string
  /** Of the processor. */
  readonly compileMs: number
  readonly scriptBytes: number
  readonly table: Uint8Array
  readonly ir: Ir
}

/** @param size number of statements */
export function build(folder: string, size: number): Built {
  const policy = benchPolicy(size)
  return { size, policy, ...buildFrom(folder, String(size), [{ path: `policy-${size}.yaml`, text: policyYaml(policy) }]) }
}

/** @param name the bundle's, in that folder */
export function buildFrom(folder: string, name: string, sources: readonly Source[]): Omit<Built, 'size' | 'policy'> {
  const bundlePath = join(folder, `${name}.bundle.cjs`)
  const start = cpuMs()
  const { bundle, table, ir, diagnostics } = compile(sources, { protection: [] })
  const compileMs = cpuMs() - start
  if (bundle === undefined || table === undefined || ir === undefined) throw new Error(diagnostics[0]?.message)
  writeFileSync(bundlePath, bundle.text)
  writeFileSync(`${bundlePath}.stamp.json`, JSON.stringify(stampOf(folder, sources)))
  const dataPath = join(folder, bundle.data.name)
  writeFileSync(dataPath, bundle.data.bytes)
  if (!hasCodeCache(bundlePath, 'node')) keepCode(bundlePath)
  return { bundlePath, dataPath, compileMs, scriptBytes: bundle.text.length, table, ir }
}

/** As `agsec install` does it: one for all bundles of a folder. @throws where it cannot be written */
export function keepCode(bundlePath: string, flags: readonly string[] = []): void {
  const why = writeCodeCache(bundlePath, { kind: 'node', program: process.execPath, flags })
  if (why !== undefined) throw new Error(why)
}

/** What `agsec compile` leaves beside a bundle: the hook is measured with its look at the sources. */
function stampOf(folder: string, sources: readonly Source[]): SourceStamp {
  const paths = sources.map(({ path, text }) => {
    const place = join(folder, path.replaceAll('/', '+'))
    writeFileSync(place, text)
    return place
  })
  const files = paths.map(path => {
    const facts = nodeHost.fileFacts(path)
    if (facts === undefined) throw new Error(`${path} is gone`)
    return { path, size: facts.size, mtimeMs: facts.mtimeMs, ctimeMs: facts.ctimeMs }
  })
  return { version: 1, sourceDigest: '', paths, files }
}

/** The bundle as a library: the minified kernel that ships, with its own table. */
export function requireBundle(path: string): BundleApi {
  return createRequire(path)(path)
}
