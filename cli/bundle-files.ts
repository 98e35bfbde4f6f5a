/**
 * The files of a compiled policy: the bundle, the table beside it where it is large, and the stamp that tells which sources it
 * was made of. They are written so that whoever reads at any moment, however often compilations run side by side and wherever
 * one is interrupted, finds a whole bundle with its own table: the table first, under a name of its content; then the bundle.
 */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { EmittedBundle } from '../compiler/emit/bundle.js'
import { isTemporaryOf, replaceFile } from './replace-file.js'

export function writeBundle(path: string, bundle: EmittedBundle): void {
  const folder = dirname(path)
  const replaced = tableOf(path)
  if (bundle.tableFile !== undefined) replaceFile(join(folder, bundle.tableFile.name), bundle.tableFile.bytes)
  replaceFile(path, bundle.text)
  removeLeftovers(path, replaced)
}

/** Whether the files on disk are, byte for byte, what was compiled. */
export function bundleIsCurrent(path: string, bundle: EmittedBundle): boolean {
  const { tableFile } = bundle
  if (!hasContent(path, Buffer.from(bundle.text, 'utf8'))) return false
  return tableFile === undefined || hasContent(join(dirname(path), tableFile.name), tableFile.bytes)
}

function hasContent(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes)
  } catch {
    return false
  }
}

const TABLE_NAME = /^policy-[0-9a-f]{16}\.table$/
const TABLE_IN_BUNDLE = /"file":"(policy-[0-9a-f]{16}\.table)"/
const BUNDLE_START = '// agsec policy bundle'
/** Longer than any compilation takes from its first file to its last. */
const LEFTOVER_AGE_MS = 60_000

/**
 * Removes tables that no bundle of the folder names any more, and what interrupted compilations left. The table of the bundle
 * just replaced stays until the next time: a hook may have read that bundle and not yet its table. So do young files, which
 * may belong to a compilation that is under way.
 */
function removeLeftovers(path: string, replaced: string | undefined): void {
  const folder = dirname(path)
  const names = readdirSync(folder)
  const old = names.filter(name => (TABLE_NAME.test(name) || isTemporaryOf(basename(path), name)) && isOld(join(folder, name)))
  if (old.length === 0) return
  const named = new Set(names.filter(name => /\.c?js$/.test(name)).map(name => tableOf(join(folder, name))))
  for (const name of old) if (!named.has(name) && name !== replaced) rmSync(join(folder, name), { force: true })
}

function isOld(path: string): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs > LEFTOVER_AGE_MS
  } catch {
    return false
  }
}

/** The table file that a bundle names; undefined where it is no bundle, or holds its table itself. */
function tableOf(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    return text.startsWith(BUNDLE_START) ? TABLE_IN_BUNDLE.exec(text)?.[1] : undefined
  } catch {
    return undefined
  }
}
