/** Emitted bundles read back: what stands in the text, and the table in the data that it names. */
import type { DataPlace } from '../../runtime/decide/table.js'
import { type EmittedBundle, emitBundle, emitModule } from '../emit/bundle.js'
import type { BundleTarget } from '../emit/kernel.js'

/** What a bundle says of itself, and where its data are. */
export interface BundleText {
  readonly statementCount: number
  readonly sourceDigest: string
  readonly place: DataPlace
}

const HEADER = /^\/\/ agsec policy bundle, kernel .*, (\d+) statements, sources sha256:([0-9a-f]{64})$/
const START = /^agsecKernel\.startBundle\((\{[^{}]*\})/
const DATA_NAME = /^policy-[0-9a-f]{16}\.data$/

const MODULE_START = /^export const bundle = agsecKernel\.openBundle\("([A-Za-z0-9+/=]*)"\)$/

/** A bundle that is a module, read back; undefined where the text is none. */
export interface ModuleText extends Pick<BundleText, 'statementCount' | 'sourceDigest'> {
  readonly table: Uint8Array
}

export function readModule(text: string): ModuleText | undefined {
  const lines = text.trimEnd().split('\n')
  const [, statementCount, sourceDigest] = HEADER.exec(lines[0] ?? '') ?? []
  const base64 = MODULE_START.exec(lines.at(-1) ?? '')?.[1]
  if (statementCount === undefined || sourceDigest === undefined || base64 === undefined) return undefined
  return { statementCount: Number(statementCount), sourceDigest, table: Buffer.from(base64, 'base64') }
}

/** What is not as this installation writes it, around the table of a module. */
export function moduleDifferences(text: string, { table, ...header }: ModuleText): readonly string[] {
  const expected = emitModule(table, header).text
  return expected === text
    ? []
    : [`the bundle's text around its table is not what this version writes: ${firstDifference(text, [expected])}`]
}

/** Undefined where the text is no bundle, or a part of one. */
export function readBundle(text: string): BundleText | undefined {
  const lines = text.trimEnd().split('\n')
  const [, statementCount, sourceDigest] = HEADER.exec(lines[0] ?? '') ?? []
  const place = placeOf(START.exec(lines.at(-1) ?? '')?.[1] ?? 'null')
  if (statementCount === undefined || sourceDigest === undefined || place === undefined) return undefined
  return { statementCount: Number(statementCount), sourceDigest, place }
}

function placeOf(json: string): DataPlace | undefined {
  const { file, table, parts } = parsed(json)
  if (typeof file !== 'string' || !DATA_NAME.test(file) || typeof table !== 'number' || typeof parts !== 'number') return undefined
  return { file, table, parts }
}

function parsed(json: string): { readonly [key in keyof DataPlace]?: unknown } {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/**
 * The table of a bundle that was just emitted, from the data that its text names.
 * @throws where the text names others: a mistake of the compiler
 */
export function readBack({ text, data }: EmittedBundle): Uint8Array {
  const place = readBundle(text)?.place
  if (place?.file !== data.name) throw new Error('the emitted bundle does not lead to its table')
  return data.bytes.subarray(0, place.table)
}

/**
 * What is not as this installation writes it, around the table: the kernel and its parts, the header, the call that starts it, the
 * name of the data.
 * @param data the bytes that the text names
 * @returns one line for each difference
 */
export function bundleDifferences(text: string, { statementCount, sourceDigest, place }: BundleText, data: Uint8Array): readonly string[] {
  const table = data.subarray(0, place.table)
  const expected = (['node', 'qjs'] as const).map((target: BundleTarget) => emitBundle(target, table, { statementCount, sourceDigest }))
  const same = expected.find(one => Buffer.from(one.data.bytes).equals(data))
  if (same === undefined) return ["the parts of the kernel in the bundle's data are not what this version writes"]
  if (same.data.name !== place.file) return [`the data \`${place.file}\` should be called \`${same.data.name}\``]
  if (same.text === text) return []
  return [
    `the bundle's text around its table is not what this version writes: ${firstDifference(
      text,
      expected.map(one => one.text),
    )}`,
  ]
}

/** Where the text leaves the expected one that it follows longest. */
function firstDifference(text: string, expected: readonly string[]): string {
  const at = Math.max(...expected.map(one => sharedLength(text, one)))
  const line = text.slice(0, at).split('\n').length
  const part =
    line === 1
      ? 'its header'
      : /\n(agsecKernel\.startBundle|export const bundle)\b/.test(text.slice(at))
        ? 'its kernel'
        : 'the call that starts it'
  return `${part} differs at line ${line}, column ${at - text.lastIndexOf('\n', at - 1)}`
}

function sharedLength(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i
  return length
}
