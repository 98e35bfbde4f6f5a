/** Which bundle is made for which engine, and where it lies. */
import { existsSync } from 'node:fs'
import { type BundleHeader, type EmittedBundle, type EmittedModule, emitBundle, emitModule } from '../compiler/emit/bundle.js'
import type { BundleTarget } from '../compiler/emit/kernel.js'
import { readBack, readModule } from '../compiler/verify/bundle-text.js'
import type { Home } from './home.js'
import { UsageError } from './usage-error.js'

/** `esm`: one module for anything that loads modules, to be asked by code. */
export type OutputTarget = BundleTarget | 'esm'

export interface BundleFile {
  readonly path: string
  readonly target: OutputTarget
}

/** What a compilation gives a bundle. */
export interface BundleContent extends BundleHeader {
  /** Absent where the sources did not compile. */
  readonly table?: Uint8Array
}

const TARGETS: Readonly<Record<string, OutputTarget>> = { node: 'node', bun: 'node', qjs: 'qjs', esm: 'esm' }

/** @throws UsageError where the flag names no engine */
export function targetOf(flag: string | undefined): OutputTarget | undefined {
  if (flag === undefined) return undefined
  const target = Object.hasOwn(TARGETS, flag) ? TARGETS[flag] : undefined
  if (target === undefined) throw new UsageError(`unknown target \`${flag}\`, expected \`node\`, \`bun\`, \`qjs\` or \`esm\``)
  return target
}

export function homeBundle(home: Home, target: BundleTarget): BundleFile {
  return { path: target === 'qjs' ? home.quickjsBundle : home.bundle, target }
}

/** The bundles that a compilation keeps up to date: the one that the command line reads too, and that for QuickJS if there is one. */
export function homeBundles(home: Home): readonly BundleFile[] {
  const own = homeBundle(home, 'node')
  return existsSync(home.quickjsBundle) ? [own, homeBundle(home, 'qjs')] : [own]
}

/**
 * Undefined where the sources did not compile.
 * @throws where the bundle holds another table than the one that was verified: a mistake of the compiler
 */
export function bundleFor(
  target: OutputTarget,
  { table, statementCount, sourceDigest }: BundleContent,
): EmittedBundle | EmittedModule | undefined {
  if (table === undefined) return undefined
  const header = { sourceDigest, statementCount }
  const bundle = target === 'esm' ? emitModule(table, header) : emitBundle(target, table, header)
  const held = bundle.data === undefined ? readModule(bundle.text)?.table : readBack(bundle)
  if (held === undefined || !Buffer.from(table).equals(held))
    throw new Error('the emitted bundle does not hold the table that was verified')
  return bundle
}
