/** A bundle on disk against policies: what `agsec compile --verify` does. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Diagnostic } from '../compiler/diagnostic.js'
import type { BundleHeader } from '../compiler/emit/bundle.js'
import { claimsOf } from '../compiler/layers/compile-layers.js'
import { verifyLayers } from '../compiler/layers/verify-layers.js'
import { loadProtection } from '../compiler/protection/protection.js'
import { bundleDifferences, type BundleText, moduleDifferences, readBundle, readModule } from '../compiler/verify/bundle-text.js'
import type { Verification } from '../compiler/verify/verify-table.js'
import { type CompiledLayers, statementsOf } from './layers/compiled-layers.js'
import { shownPath } from './render/shown-path.js'

export interface BundleVerification {
  readonly diagnostics: readonly Diagnostic[]
  /** Undefined where the bundle has no table to verify. */
  readonly verification?: Verification
}

/** @param compiled the policies, compiled without errors */
export function verifyBundle(path: string, compiled: CompiledLayers): BundleVerification {
  const differs = (message: string) => bundleDiffers(path, message)
  const text = readText(path)
  if (text === undefined) return { diagnostics: [differs('the bundle cannot be read')] }
  const module = readModule(text)
  if (module !== undefined) return verifyTable(path, compiled, module, moduleDifferences(text, module), module.table)
  const bundle = readBundle(text)
  if (bundle === undefined) return { diagnostics: [differs('this is no bundle of agsec, or a part of one')] }
  const data = readData(path, bundle)
  if (data === undefined) return { diagnostics: [differs('the data that the bundle names cannot be read')] }
  return verifyTable(path, compiled, bundle, bundleDifferences(text, bundle, data), data.subarray(0, bundle.place.table))
}

function verifyTable(
  path: string,
  compiled: CompiledLayers,
  header: BundleHeader,
  differences: readonly string[],
  table: Uint8Array,
): BundleVerification {
  const around = [...headerDifferences(header, compiled), ...differences].map(message => bundleDiffers(path, message))
  const verification = verifyLayers(table, claimsOf(compiled.layers, { anew: true }), shownPath(path))
  return { diagnostics: [...around, ...verification.diagnostics], verification }
}

function bundleDiffers(path: string, message: string): Diagnostic {
  return { code: 'bundle-differs', severity: 'error', message, span: { source: { path: shownPath(path), text: '' }, start: 0, end: 0 } }
}

function headerDifferences({ sourceDigest, statementCount }: BundleHeader, compiled: CompiledLayers): readonly string[] {
  const statements = statementsOf(compiled) + loadProtection().length
  return [
    ...(sourceDigest === compiled.sourceDigest ? [] : ['the bundle was compiled from other sources']),
    ...(statementCount === statements ? [] : [`the bundle says that it has ${statementCount} statements, expected ${statements}`]),
  ]
}

function readData(path: string, { place }: BundleText): Uint8Array | undefined {
  try {
    return readFileSync(join(dirname(path), place.file))
  } catch {
    return undefined
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
