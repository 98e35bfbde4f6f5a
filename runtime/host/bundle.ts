/** The entry of the kernel for Node, Bun and Deno: a library where the bundle is required, the hook where it is executed. */
import { openDecider } from '../decide/open.js'
import type { DataPlace } from '../decide/table.js'
import { apiOf } from './bundle-api.js'
import { findData, keepData } from './data-file.js'
import { runHook } from './hook.js'
import { nodeHost } from './node.js'
import type { MakeCode } from './parts.js'

/** The CommonJS names that a bundle passes to its kernel. */
export interface BundleModule {
  readonly module: { exports: unknown }
  readonly folder: string
  readonly isMain: boolean
}

/** @param make what makes code of the kernel's parts */
export function startBundle(place: DataPlace, { module, folder, isMain }: BundleModule, make: MakeCode): void {
  if (isMain) {
    const table = findData(nodeHost, folder, place, make)
    nodeHost.exit(runHook(project => openDecider(table(), project), nodeHost))
  } else {
    module.exports = apiOf(openDecider(keepData(nodeHost, folder, place)))
  }
}
