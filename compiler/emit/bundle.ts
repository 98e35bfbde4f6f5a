/** The bundle: the prebuilt kernel and the table, joined as text. No bundler runs on the user's machine: the reviewed code is the shipped code. */
import { createHash } from 'node:crypto'
import { KERNEL_VERSION } from '../../runtime/decide/version.js'
import { type BundleTarget, loadKernel } from './kernel.js'

/** The largest table that stands in the bundle's own text: beyond it, decoding costs more than opening a second file. */
export const INLINE_TABLE_BYTES: Readonly<Record<BundleTarget, number>> = { node: 64 * 1024, qjs: 0 }

export interface EmittedBundle {
  readonly text: string
  /** A table too large for the text, to be written beside the bundle under this name. */
  readonly tableFile?: { readonly name: string; readonly bytes: Uint8Array }
}

export interface BundleHeader {
  readonly sourceDigest: string
  readonly statementCount: number
}

/** Joins the kernel of the target and a table. */
export function emitBundle(target: BundleTarget, table: Uint8Array, header: BundleHeader): EmittedBundle {
  const tableFile =
    table.length > INLINE_TABLE_BYTES[target] ? { name: `policy-${digest(table).slice(0, 16)}.table`, bytes: table } : undefined
  const place = tableFile ? { file: tableFile.name, bytes: table.length } : { base64: Buffer.from(table).toString('base64') }
  const text = [
    `// agsec policy bundle, kernel ${KERNEL_VERSION}, ${header.statementCount} statements, sources sha256:${header.sourceDigest}`,
    "'use strict'",
    loadKernel(target).trim(),
    `agsecKernel.startBundle(${literal(place)}${MODULE[target]})`,
    '',
  ].join('\n')
  return tableFile ? { text, tableFile } : { text }
}

/** What the kernel of a target is told of the file that it runs in. */
const MODULE: Readonly<Record<BundleTarget, string>> = {
  node: ', { module, folder: __dirname, isMain: require.main === module }',
  qjs: '',
}

export function digest(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The one place that prints JavaScript: strings, numbers and maps of them, as JSON without what JavaScript reads differently. */
function literal(value: Readonly<Record<string, string | number>>): string {
  return JSON.stringify(value).replace(/[\u2028\u2029<]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
