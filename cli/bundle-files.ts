/**
 * The files of a compiled policy: the bundle, the data beside it, and the stamp that tells which sources it
 * was made of. They are written so that whoever reads at any moment, however often compilations run side by side and wherever
 * one is interrupted, finds a whole bundle with its own data: the data first, under a name of its content; then the bundle.
 */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { EmittedBundle, EmittedModule } from '../compiler/emit/bundle.js'
import { isTemporaryOf, replaceFile } from './replace-file.js'

export function writeBundle(path: string, bundle: EmittedBundle | EmittedModule): void {
  if (bundle.data === undefined) replaceFile(path, bundle.text)
  else writeWithData(path, bundle)
}

function writeWithData(path: string, bundle: EmittedBundle): void {
  const folder = dirname(path)
  const replaced = dataOf(path)
  replaceFile(join(folder, bundle.data.name), bundle.data.bytes)
  replaceFile(path, bundle.text)
  removeLeftovers(path, replaced)
}

/** Whether the files on disk are, byte for byte, what was compiled. */
export function bundleIsCurrent(path: string, bundle: EmittedBundle | EmittedModule): boolean {
  const isSame = hasContent(path, Buffer.from(bundle.text, 'utf8'))
  return isSame && (bundle.data === undefined || hasContent(join(dirname(path), bundle.data.name), bundle.data.bytes))
}

function hasContent(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes)
  } catch {
    return false
  }
}

const DATA_NAME = /^policy-[0-9a-f]{16}\.data$/
const DATA_IN_BUNDLE = /"file":"(policy-[0-9a-f]{16}\.data)"/
const BUNDLE_START = '// agsec policy bundle'
/** Longer than any compilation takes from its first file to its last. */
const LEFTOVER_AGE_MS = 60_000

/**
 * Removes data that no bundle of the folder names any more, and what interrupted compilations left. Those of the bundle
 * just replaced stay until the next time: a hook may have read that bundle and not yet its data. So do young files, which
 * may belong to a compilation that is under way.
 */
function removeLeftovers(path: string, replaced: string | undefined): void {
  const folder = dirname(path)
  const names = readdirSync(folder)
  const old = names.filter(name => (DATA_NAME.test(name) || isTemporaryOf(basename(path), name)) && isOld(join(folder, name)))
  if (old.length === 0) return
  const named = new Set(names.filter(name => /\.c?js$/.test(name)).map(name => dataOf(join(folder, name))))
  for (const name of old) if (!named.has(name) && name !== replaced) rmSync(join(folder, name), { force: true })
}

function isOld(path: string): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs > LEFTOVER_AGE_MS
  } catch {
    return false
  }
}

/** The file of data that a bundle names; undefined where it is no bundle. */
function dataOf(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    return text.startsWith(BUNDLE_START) ? DATA_IN_BUNDLE.exec(text)?.[1] : undefined
  } catch {
    return undefined
  }
}
