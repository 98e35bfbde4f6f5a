/**
 * The kernel as text, put in when the package is built: a comment within a function. An engine passes over a comment several times as fast as
 * it reads a literal, which it does twice, and keeps no copy of it.
 */
import { readFileSync } from 'node:fs'
import type * as bundle from './bundle.js'
import type { MakeCode } from './parts.js'

/** Stands behind the script that this is a part of. */
declare function agsecKernelText(): void
declare const KERNEL_START: string
declare const KERNEL_LENGTH: number
declare const CODE_CACHE_NAME: string

export type Kernel = typeof bundle

/** The file of a code cache of this kernel and its parts, beside a bundle. */
export const codeCacheName = (): string => CODE_CACHE_NAME

/** @param mark tells the text from that of other bundles */
export function makeKernel(make: MakeCode, mark?: string): Kernel {
  return make('kernel', () => (mark === undefined ? kernelText() : `${kernelText()}//${mark}`))(require)
}

/** @throws where somebody has changed the script */
function kernelText(): string {
  // An engine that keeps no comments has another text of the function.
  const text = textAt(0, Function.prototype.toString.call(agsecKernelText)) ?? textInFile(readFileSync(__filename, 'latin1'))
  if (text === undefined) throw new Error('the bundle is damaged; run `agsec compile`')
  return text
}

/** It stands behind this code, which names its start too. */
function textInFile(script: string): string | undefined {
  return textAt(script.lastIndexOf(KERNEL_START), script)
}

function textAt(at: number, script: string): string | undefined {
  const start = at + KERNEL_START.length
  const end = start + KERNEL_LENGTH
  return script.startsWith(KERNEL_START, at) && script.startsWith('*/', end) ? script.slice(start, end) : undefined
}
