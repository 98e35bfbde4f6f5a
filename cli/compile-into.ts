import { writeBundle } from './bundle-files.js'
import { type BundleFile, bundleFor } from './bundle-target.js'
import type { CompiledPaths } from './compile-paths.js'
import { counted } from './render/counted.js'
import { shownPath } from './render/shown-path.js'
import { writeStamp } from './stamp.js'

/** Writes what was compiled and says so. */
export function compileInto({ path, target }: BundleFile, compiled: CompiledPaths): string {
  const { policy, sources } = compiled
  const bundle = bundleFor(target, compiled)
  if (bundle === undefined || policy === undefined) throw new Error('a compilation without errors gave no bundle')
  writeBundle(path, bundle)
  writeStamp(path, compiled.sourceDigest, compiled.sourceFiles)
  const kilobytes = Math.ceil((bundle.text.length + bundle.data.bytes.length) / 1024)
  const what = `${counted(policy.statements.length, 'statement')} of ${counted(sources.length, 'file')}`
  return `compiled ${what} → ${shownPath(path)} (${kilobytes} KB)\n`
}
