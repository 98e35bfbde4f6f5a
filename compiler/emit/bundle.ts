/**
 * The bundle: the prebuilt kernel joined with the place of its data, and one file of data beside it, the table and the parts of the
 * kernel that few calls need. No bundler runs on the user's machine: the reviewed code is the shipped code.
 */
import { createHash } from 'node:crypto'
import { KERNEL_VERSION } from '../../runtime/decide/version.js'
import type { DataPlace } from '../../runtime/decide/table.js'
import { type BundleTarget, loadKernel, loadModuleKernel } from './kernel.js'

export interface EmittedBundle {
  readonly text: string
  /** To be written beside the bundle under this name. */
  readonly data: DataFile
}

export interface DataFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface BundleHeader {
  readonly sourceDigest: string
  readonly statementCount: number
}

/** A bundle that is one ECMAScript module, and nothing beside it. */
export interface EmittedModule {
  readonly text: string
  readonly data?: undefined
}

/** Joins the kernel of modules and a table. */
export function emitModule(table: Uint8Array, header: BundleHeader): EmittedModule {
  const start = `export const bundle = agsecKernel.openBundle("${Buffer.from(table).toString('base64')}")`
  return { text: [headerLine(header), loadModuleKernel().trim(), start, ''].join('\n') }
}

function headerLine({ statementCount, sourceDigest }: BundleHeader): string {
  return `// agsec policy bundle, kernel ${KERNEL_VERSION}, ${statementCount} statements, sources sha256:${sourceDigest}`
}

/** Joins the kernel of the target and a table. */
export function emitBundle(target: BundleTarget, table: Uint8Array, header: BundleHeader): EmittedBundle {
  const { place, data } = emitData(target, table)
  const text = [
    headerLine(header),
    "'use strict'",
    loadKernel(target).text.trim(),
    `agsecKernel.startBundle(${literal(place)}${MODULE[target]})`,
    '',
  ].join('\n')
  return { text, data }
}

/** The data of a bundle: the table, then the parts of the kernel. The file is named by its content: the digest of both digests. */
export function emitData(target: BundleTarget, table: Uint8Array): { readonly place: DataPlace; readonly data: DataFile } {
  const { parts } = loadKernel(target)
  const bytes = Buffer.concat([table, parts])
  const name = `policy-${digest(digest(table) + digestOf(parts)).slice(0, 16)}.data`
  return { place: { file: name, table: table.length, parts: parts.length }, data: { name, bytes } }
}

/** What the kernel of a target is told of the file that it runs in. */
const MODULE: Readonly<Record<BundleTarget, string>> = {
  node: ', { module, folder: __dirname, isMain: require.main === module }',
  qjs: '',
}

const known = new WeakMap<Uint8Array, string>()

/** That of bytes which stay the same: the parts of a kernel are many times as long as most tables. */
function digestOf(bytes: Uint8Array): string {
  const found = known.get(bytes) ?? digest(bytes)
  known.set(bytes, found)
  return found
}

export function digest(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The one place that prints JavaScript: names and numbers, as JSON. */
function literal({ file, table, parts }: DataPlace): string {
  return JSON.stringify({ file, table, parts })
}
