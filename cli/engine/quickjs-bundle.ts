/** The bundle for QuickJS, made of the one in force: the same table, byte for byte, whatever the sources say by now. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { emitBundle } from '../../compiler/emit/bundle.js'
import { writeBundle } from '../bundle-files.js'
import { bundleParts, tableOfBundle } from '../bundle-parts.js'
import type { Home } from '../home.js'
import { openBundle } from '../open-bundle.js'
import { UsageError } from '../usage-error.js'

/** @throws UsageError where the bundle in force is damaged */
export function deriveQuickjsBundle(home: Home): void {
  const { info } = openBundle(home.bundle)
  const parts = bundleParts(readFileSync(home.bundle, 'utf8'))
  if (parts === undefined) throw new UsageError(`\`${home.bundle}\` is no agsec bundle`, 'run `agsec compile`')
  writeBundle(home.quickjsBundle, emitBundle('qjs', tableOfBundle(home.bundle, parts), info))
  // With no stamp a hook asks the command line, which decides as well.
  if (existsSync(`${home.bundle}.stamp.json`)) copyFileSync(`${home.bundle}.stamp.json`, `${home.quickjsBundle}.stamp.json`)
}
