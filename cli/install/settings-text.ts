/**
 * The text of somebody else's settings file, read whole and written whole: never over what another program has put there in between, never
 * through a link out of a project, and with the owner and the permissions that it had.
 */
import { existsSync, lstatSync, readFileSync, realpathSync, rmSync, type Stats } from 'node:fs'
import { dirname, relative, isAbsolute, sep } from 'node:path'
import { replaceFile } from '../replace-file.js'
import { fileProblem, UsageError } from '../usage-error.js'

/** The longest settings file, in bytes. */
const SIZE_LIMIT = 8 * 1024 * 1024
const ATTEMPTS = 5
const NOTHING = 'nothing has been written'

export interface SettingsFile {
  /** As the agent names it. */
  readonly path: string
  /** The folder that it must not lead out of: the project's. */
  readonly within?: string
  /** The permissions of a new file. */
  readonly mode: number
}

export interface Edited {
  /** Undefined where there was no file. */
  readonly before: Buffer | undefined
  /** Undefined where there is none any more. */
  readonly after: Buffer | undefined
}

/** What the file shall say: undefined for no file. */
type Change = (text: string | undefined, bytes: Buffer | undefined) => string | Buffer | undefined

/** @throws UsageError where it cannot be read or written, or others keep writing it at the same time */
export function editSettings(file: SettingsFile, change: Change): Edited {
  for (let attempt = 1; ; attempt++) {
    const target = targetOf(file)
    const before = readBytes(target, file.path)
    const wanted = change(before === undefined ? undefined : textOf(file.path, before), before)
    const after = typeof wanted === 'string' ? Buffer.from(wanted, 'utf8') : wanted
    if (same(before, after)) return { before, after }
    if (written(file, target, before, after)) return { before, after }
    if (attempt === ATTEMPTS) throw new UsageError(`${file.path} is being written by another program`, `${NOTHING}; try again`)
  }
}

/** The text of a settings file; undefined where there is none. @throws UsageError where it cannot be read */
export function readSettings(path: string): string | undefined {
  const bytes = readBytes(path, path)
  return bytes === undefined ? undefined : textOf(path, bytes)
}

/** Whether it could be written without running over somebody else. */
function written({ path, mode }: SettingsFile, target: string, before: Buffer | undefined, after: Buffer | undefined): boolean {
  const unchanged = () => {
    if (!same(readBytes(target, path), before)) throw new Overtaken()
  }
  try {
    if (after === undefined) {
      unchanged()
      rmSync(target)
    } else replaceFile(target, after, before === undefined ? mode : undefined, unchanged)
    return true
  } catch (error) {
    if (error instanceof Overtaken) return false
    if (error instanceof UsageError) throw error
    throw new UsageError(`cannot write ${path}: ${fileProblem(error)}`, NOTHING)
  }
}

class Overtaken extends Error {}

/** Where the bytes are: a file that is a link is written where it leads. */
function targetOf({ path, within }: SettingsFile): string {
  const target = resolved(path)
  if (within !== undefined && !isInside(target, resolved(within))) {
    throw new UsageError(`${path} leads out of the project, to ${target}`, `${NOTHING}; make it a file of the project`)
  }
  const stats = lstatOf(target)
  if (stats !== undefined && !stats.isFile()) throw new UsageError(`${path} is no file`, NOTHING)
  if (stats !== undefined && (stats.mode & 0o222) === 0) {
    throw new UsageError(`${path} is read-only`, `${NOTHING}; make it writable first`)
  }
  return target
}

/** The path without links, for a file that need not be there. */
function resolved(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const stats = lstatOf(path)
  if (stats?.isSymbolicLink()) throw new UsageError(`${path} is a link to nothing`, NOTHING)
  if (stats !== undefined && !existsSync(path)) throw new UsageError(`cannot read ${path}`, NOTHING)
  const folder = dirname(path)
  return folder === path ? path : `${resolved(folder).replace(/[\\/]$/, '')}${sep}${path.slice(folder.length).replace(/^[\\/]/, '')}`
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function lstatOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${fileProblem(error)}`, NOTHING)
  }
}

function readBytes(target: string, path: string): Buffer | undefined {
  try {
    const stats = lstatSync(target, { throwIfNoEntry: false })
    if (stats === undefined) return undefined
    if (stats.size > SIZE_LIMIT) throw new UsageError(`${path} is longer than ${SIZE_LIMIT / 1024 / 1024} MiB: no settings file`, NOTHING)
    return readFileSync(target)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`cannot read ${path}: ${fileProblem(error)}`, NOTHING)
  }
}

function textOf(path: string, bytes: Buffer): string {
  const text = bytes.toString('utf8')
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw new UsageError(`${path} is not UTF-8`, NOTHING)
  return text
}

function same(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b)
}
