/** The hook on every engine, for the table of cold starts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleFor } from '../cli/bundle-target.js'
import { writeBundle } from '../cli/bundle-files.js'
import { compileUserLayer } from '../cli/layers/compiled-layers.js'
import { ENGINE_STARTS } from '../cli/engine/engine-kind.js'
import { writeStamp } from '../cli/stamp.js'
import type { BundleTarget } from '../compiler/emit/kernel.js'
import type { Contender } from './cold.js'
import { type Engine, ENGINES } from './engine-programs.js'

export interface EngineContenders {
  readonly contenders: readonly Contender[]
  /** The engines that cannot be had here, and why, for people. */
  readonly missing: readonly string[]
}

/**
 * The hook with one policy on each engine, everything included but the shell command around it. Engines are installed or built into a
 * cache on first use, which takes a minute.
 * @param folder a new folder, for the policy, its bundles and the audit log
 */
export function engineContenders(folder: string, policyText: string): EngineContenders {
  const bundles = writeBundles(folder, policyText)
  const home = join(folder, 'home')
  const facts = ['--agsec-home', home, '--home', folder, '--user', 'u', '--cli', process.execPath, '/nonexistent']
  const contenders: Contender[] = []
  const missing: string[] = []
  for (const engine of ENGINES) {
    const { target, flags } = ENGINE_STARTS[engine.kind]
    const command = programOf(engine)
    const args = [...flags, bundles[target], 'hook', 'claude-code', ...facts]
    if (typeof command === 'string') contenders.push({ name: `agsec hook on ${engine.name}`, command, args, allows: 10 })
    else missing.push(`${engine.name} cannot be had: ${command.message}`)
  }
  return { contenders, missing }
}

/** An engine needs npm, and QuickJS a compiler: the bench does without. */
function programOf({ program }: Engine): string | Error {
  try {
    return program()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Compiled as `agsec compile` does, stamp included: the hook is measured with its look at the sources. */
function writeBundles(folder: string, policyText: string): Readonly<Record<BundleTarget, string>> {
  const policies = join(folder, 'policies')
  mkdirSync(policies, { recursive: true })
  writeFileSync(join(policies, 'policy.yaml'), policyText)
  const paths = { node: join(folder, 'policy.bundle.cjs'), qjs: join(folder, 'policy.bundle.qjs.js') }
  const compiled = compileUserLayer([policies], { protection: [] })
  for (const target of ['node', 'qjs'] as const) {
    const bundle = bundleFor(target, compiled)
    if (bundle === undefined) throw new Error(compiled.diagnostics[0]?.message)
    writeBundle(paths[target], bundle)
    writeStamp(paths[target], compiled.sourceDigest, compiled.sourceFiles)
  }
  return paths
}
