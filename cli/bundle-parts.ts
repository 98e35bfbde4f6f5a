/** Takes an emitted bundle apart again: its kernel, and where its data are. The inverse of `compiler/emit/bundle.ts`. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BundleTarget } from '../compiler/emit/kernel.js'
import type { DataPlace } from '../runtime/decide/table.js'

export interface BundleParts {
  readonly target: BundleTarget
  /** The text that defines `agsecKernel`. */
  readonly kernel: string
  readonly place: DataPlace
}

const START = /^agsecKernel\.startBundle\((\{[^}]*\})(, \{.*\})?\)$/

/** Undefined where the text is no bundle. */
export function bundleParts(text: string): BundleParts | undefined {
  const [header, strict, ...rest] = text.split('\n')
  const [, place, module] = START.exec(rest[rest.length - 2] ?? '') ?? []
  if (header?.startsWith('// agsec policy bundle') !== true || strict !== "'use strict'" || place === undefined) return undefined
  // The emitter wrote this.
  const parsed = JSON.parse(place) as DataPlace
  return { target: module === undefined ? 'qjs' : 'node', kernel: rest.slice(0, -2).join('\n'), place: parsed }
}

/** @param path of the bundle; its data lie beside it */
export function tableOfBundle(path: string, { place }: BundleParts): Uint8Array {
  return readFileSync(join(dirname(path), place.file)).subarray(0, place.table)
}
