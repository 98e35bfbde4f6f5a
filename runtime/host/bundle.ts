/** The entry of a bundle for Node, Bun and Deno: a library where it is required, the hook where it is executed. */
import { openDecider } from '../decide/open.js'
import type { DataPlace } from '../decide/table.js'
import { apiOf } from './bundle-api.js'
import { findData, keepData } from './data-file.js'
import { runHook } from './hook.js'
import { nodeHost } from './node.js'

/** The CommonJS names that a bundle passes to its kernel. */
export interface BundleModule {
  readonly module: { exports: unknown }
  readonly folder: string
  readonly isMain: boolean
}

export function startBundle(place: DataPlace, { module, folder, isMain }: BundleModule): void {
  if (isMain) {
    const table = findData(nodeHost, folder, place)
    nodeHost.exit(runHook(project => openDecider(table(), project), nodeHost))
  } else {
    module.exports = apiOf(openDecider(keepData(nodeHost, folder, place)))
  }
}
