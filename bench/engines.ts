/** The hook on every engine, for the table of cold starts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleFor } from '../cli/bundle-target.js'
import { writeBundle } from '../cli/bundle-files.js'
import { compilePaths } from '../cli/compile-paths.js'
import { ENGINE_STARTS } from '../cli/engine/engine-kind.js'
import { writeStamp } from '../cli/stamp.js'
import type { BundleTarget } from '../compiler/emit/kernel.js'
import { ENGINES } from './engine-programs.js'
import type { Contender } from './cold.js'

/**
 * The hook with one policy on each engine, everything included but the shell command around it. Engines are installed or built into a
 * cache on first use, which takes a minute.
 * @param folder a new folder, for the policy, its bundles and the audit log
 */
export function engineContenders(folder: string, policyText: string): readonly Contender[] {
  const bundles = writeBundles(folder, policyText)
  const home = join(folder, 'home')
  const facts = ['--agsec-home', home, '--home', folder, '--user', 'u', '--cli', process.execPath, '/nonexistent']
  return ENGINES.map(({ name, kind, program }) => {
    const { target, flags } = ENGINE_STARTS[kind]
    const args = [...flags, bundles[target], 'hook', 'claude-code', ...facts]
    return { name: `agsec hook on ${name}`, command: program(), args, allows: 10 }
  })
}

/** Compiled as `agsec compile` does, stamp included: the hook is measured with its look at the sources. */
function writeBundles(folder: string, policyText: string): Readonly<Record<BundleTarget, string>> {
  const policies = join(folder, 'policies')
  mkdirSync(policies, { recursive: true })
  writeFileSync(join(policies, 'policy.yaml'), policyText)
  const paths = { node: join(folder, 'policy.bundle.cjs'), qjs: join(folder, 'policy.bundle.qjs.js') }
  const compiled = compilePaths([policies], { emit: false, selfProtection: false })
  for (const target of ['node', 'qjs'] as const) {
    const bundle = bundleFor(target, compiled)
    if (bundle === undefined) throw new Error(compiled.diagnostics[0]?.message)
    writeBundle(paths[target], bundle)
    writeStamp(paths[target], compiled.sourceDigest, compiled.sourceFiles)
  }
  return paths
}
