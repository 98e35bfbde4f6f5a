import { writeBundle } from './bundle-files.js'
import { type BundleFile, bundleFor } from './bundle-target.js'
import { type CompiledLayers, filesOf, statementsOf } from './layers/compiled-layers.js'
import { counted } from './render/counted.js'
import { shownPath } from './render/shown-path.js'
import { writeStamp } from './stamp.js'

/** Writes what was compiled and says so. */
export function compileInto({ path, target }: BundleFile, compiled: CompiledLayers): string {
  const bundle = bundleFor(target, compiled)
  if (bundle === undefined) throw new Error('a compilation without errors gave no bundle')
  writeBundle(path, bundle)
  writeStamp(path, compiled.sourceDigest, compiled.sourceFiles)
  const kilobytes = Math.ceil((bundle.text.length + (bundle.data?.bytes.length ?? 0)) / 1024)
  const layers = compiled.layers.length === 1 ? '' : ` in ${counted(compiled.layers.length, 'layer')}`
  const what = `${counted(statementsOf(compiled), 'statement')} of ${counted(filesOf(compiled), 'file')}${layers}`
  return `compiled ${what} → ${shownPath(path)} (${kilobytes} KB)\n`
}
