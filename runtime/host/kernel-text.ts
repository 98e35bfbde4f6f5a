/** The kernel as text, put in when the package is built. */
import type * as bundle from './bundle.js'
import type { MakeCode } from './parts.js'

declare const KERNEL_TEXT: string
declare const CODE_CACHE_NAME: string

export type Kernel = typeof bundle

/** The file of a code cache of this kernel and its parts, beside a bundle. */
export const codeCacheName = (): string => CODE_CACHE_NAME

/** @param mark tells the text from that of other bundles */
export function makeKernel(make: MakeCode, mark?: string): Kernel {
  const text = KERNEL_TEXT
  return make('kernel', () => (mark === undefined ? text : `${text}//${mark}`))(require)
}
