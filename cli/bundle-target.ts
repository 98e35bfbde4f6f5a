/** Which bundle is made for which engine, and where it lies. */
import { existsSync } from 'node:fs'
import { type BundleHeader, type EmittedBundle, emitBundle } from '../compiler/emit/bundle.js'
import type { BundleTarget } from '../compiler/emit/kernel.js'
import { readBack } from '../compiler/verify/bundle-text.js'
import type { Home } from './home.js'
import { UsageError } from './usage-error.js'

export interface BundleFile {
  readonly path: string
  readonly target: BundleTarget
}

/** What a compilation gives a bundle. */
export interface BundleContent extends BundleHeader {
  /** Absent where the sources did not compile. */
  readonly table?: Uint8Array
}

const TARGETS: Readonly<Record<string, BundleTarget>> = { node: 'node', bun: 'node', qjs: 'qjs' }

/** @throws UsageError where the flag names no engine */
export function targetOf(flag: string | undefined): BundleTarget | undefined {
  if (flag === undefined) return undefined
  const target = Object.hasOwn(TARGETS, flag) ? TARGETS[flag] : undefined
  if (target === undefined) throw new UsageError(`unknown target \`${flag}\`, expected \`node\`, \`bun\` or \`qjs\``)
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
export function bundleFor(target: BundleTarget, { table, statementCount, sourceDigest }: BundleContent): EmittedBundle | undefined {
  if (table === undefined) return undefined
  const bundle = emitBundle(target, table, { sourceDigest, statementCount })
  if (!Buffer.from(table).equals(readBack(bundle))) throw new Error('the emitted bundle does not hold the table that was verified')
  return bundle
}
