/** Putting another policy in the place of the one that is in force. */
import { existsSync } from 'node:fs'
import { readStamp } from '../../runtime/host/source-stamp.js'
import { nodeHost } from '../../runtime/host/node.js'
import type { BundleFile } from '../bundle-target.js'
import type { Invocation } from '../invocation.js'
import { shownPath } from '../render/shown-path.js'

/** Until then the stricter of the old policy and the new one decides. @throws UsageError where no person wants it */
export function confirmReplacing(call: Invocation<object>, outputs: readonly BundleFile[], sourceDigest: string): void {
  const { bundle, quickjsBundle } = call.home
  const replaced = outputs.find(({ path }) => (path === bundle || path === quickjsBundle) && isOther(path, sourceDigest))
  if (replaced !== undefined) call.confirm({ what: `put changed policies in force in ${shownPath(replaced.path)}`, word: 'compile' })
}

function isOther(path: string, sourceDigest: string): boolean {
  return existsSync(path) && readStamp(nodeHost, path)?.sourceDigest !== sourceDigest
}
