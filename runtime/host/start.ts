/**
 * What a bundle for Node, Bun and Deno begins with: it makes code of the kernel, which stands in it as text. As code of the script itself the
 * engine would compile the kernel anew in every process; of text it is made by the code cache, where there is one.
 */
import type { DataPlace } from '../decide/table.js'
import type { BundleModule } from './bundle.js'
import { codeFromCache } from './code-cache.js'
import { codeCacheName, type Kernel, makeKernel } from './kernel-text.js'
import { codeOfText } from './parts.js'

let kernel: Kernel | undefined

/** Starts a bundle with the CommonJS names that are its own. A library, which is loaded once for many calls, does without a cache. */
export function startBundle(place: DataPlace, about: BundleModule): void {
  const make = about.isMain ? codeFromCache(`${about.folder}/${codeCacheName()}`) : codeOfText
  // Of equal texts V8 shares what it learns, and two bundles in one process would take twice as long.
  kernel ??= about.isMain ? makeKernel(make) : makeKernel(make, place.file)
  kernel.startBundle(place, about, make)
}
