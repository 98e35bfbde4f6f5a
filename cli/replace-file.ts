import { chownSync, closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a whole file or nothing: readers see the old content or the new, whoever else writes and wherever this process is
 * interrupted. The content is on the disk before its name is, so that not even a power cut leaves an empty file. A file that is
 * there keeps its permissions unless others are asked for, and its owner where the process may give files away.
 * @param beforeRename called when all but the name is done: what it throws undoes everything
 */
export function replaceFile(
  path: string,
  content: string | Uint8Array,
  permissions = permissionsOf(path),
  beforeRename: () => void = () => undefined,
): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = join(dirname(path), temporaryName(basename(path)))
  try {
    writeDurably(temporary, content, permissions)
    keepOwner(path, temporary)
    beforeRename()
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Undefined for a new file, which gets what the process gives new files. */
function permissionsOf(path: string): number | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined ? undefined : stats.mode & 0o777
}

function keepOwner(path: string, temporary: string): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined || process.getuid?.() !== 0) return
  chownSync(temporary, stats.uid, stats.gid)
}

/** Names no two writers share, and that `isTemporaryOf` knows again. */
function temporaryName(name: string): string {
  return `.${name}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`
}

/** Whether a file name is that of a write to `name` that was cut short. */
export function isTemporaryOf(name: string, candidate: string): boolean {
  return candidate.startsWith(`.${name}.`) && candidate.endsWith('.tmp')
}

function writeDurably(path: string, content: string | Uint8Array, permissions: number | undefined): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  const file = openSync(path, 'wx', 0o644)
  try {
    if (permissions !== undefined) fchmodSync(file, permissions)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
