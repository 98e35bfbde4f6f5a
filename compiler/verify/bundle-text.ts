/** Emitted bundles read back: what stands in the text, and the table that it holds or names. */
import { digest, type EmittedBundle, emitBundle } from '../emit/bundle.js'
import type { BundleTarget } from '../emit/kernel.js'

/** What a bundle says of itself, and where its table is. */
export interface BundleText {
  readonly statementCount: number
  readonly sourceDigest: string
  readonly table: { readonly kind: 'inline'; readonly bytes: Uint8Array } | { readonly kind: 'file'; readonly name: string }
}

const HEADER = /^\/\/ agsec policy bundle, kernel .*, (\d+) statements, sources sha256:([0-9a-f]{64})$/
const START = /^agsecKernel\.startBundle\((\{[^{}]*\})/
const TABLE_NAME = /^policy-[0-9a-f]{16}\.table$/

/** Undefined where the text is no bundle, or a part of one. */
export function readBundle(text: string): BundleText | undefined {
  const lines = text.trimEnd().split('\n')
  const [, statementCount, sourceDigest] = HEADER.exec(lines[0] ?? '') ?? []
  const table = tableOf(START.exec(lines.at(-1) ?? '')?.[1] ?? 'null')
  if (statementCount === undefined || sourceDigest === undefined || table === undefined) return undefined
  return { statementCount: Number(statementCount), sourceDigest, table }
}

function tableOf(json: string): BundleText['table'] | undefined {
  const place = parsed(json)
  if ('base64' in place && typeof place.base64 === 'string')
    return { kind: 'inline', bytes: Uint8Array.from(Buffer.from(place.base64, 'base64')) }
  if (!('file' in place) || typeof place.file !== 'string' || !TABLE_NAME.test(place.file)) return undefined
  return { kind: 'file', name: place.file }
}

function parsed(json: string): object {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/**
 * The table of a bundle that was just emitted, from its text or from the file that its text names.
 * @throws where the text has none: a mistake of the compiler
 */
export function readBack({ text, tableFile }: EmittedBundle): Uint8Array {
  const table = readBundle(text)?.table
  if (table?.kind === 'inline') return table.bytes
  if (tableFile === undefined || table?.name !== tableFile.name) throw new Error('the emitted bundle does not lead to its table')
  return tableFile.bytes
}

/**
 * What is not as this installation writes it, around the table: the kernel, the header, the call that starts it, the table's name.
 * @param table the bytes that the text holds or names
 * @returns one line for each difference
 */
export function bundleDifferences(text: string, bundle: BundleText, table: Uint8Array): readonly string[] {
  const { statementCount, sourceDigest } = bundle
  const expected = (['node', 'qjs'] as const).map((target: BundleTarget) => emitBundle(target, table, { statementCount, sourceDigest }))
  const name = `policy-${digest(table).slice(0, 16)}.table`
  const misnamed =
    bundle.table.kind === 'file' && bundle.table.name !== name ? [`the table \`${bundle.table.name}\` should be called \`${name}\``] : []
  if (misnamed.length > 0 || expected.some(one => one.text === text)) return misnamed
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
  const part = line === 1 ? 'its header' : text.slice(at).includes('\nagsecKernel.startBundle(') ? 'its kernel' : 'the call that starts it'
  return `${part} differs at line ${line}, column ${at - text.lastIndexOf('\n', at - 1)}`
}

function sharedLength(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i
  return length
}
