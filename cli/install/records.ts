/** What agents' files were before agsec came, kept in agsec's own folder: out of the agent's reach, and out of everybody's way. */
import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from '../home.js'
import { replaceFile } from '../replace-file.js'

export interface InstallRecord {
  readonly path: string
  /** The file as it was, in base64; null where there was none. */
  readonly before: string | null
  /** The digest of the file as we left it. */
  readonly after: string
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function recordPath(home: Home, path: string): string {
  return join(home.folder, 'installed', `${digestOf(Buffer.from(path, 'utf8')).slice(0, 32)}.json`)
}

/** Undefined where there is none that can be read. */
export function readRecord(home: Home, path: string): InstallRecord | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(recordPath(home, path), 'utf8'))
    return isRecord(record) && record.path === path ? record : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is InstallRecord {
  if (typeof value !== 'object' || value === null || !('path' in value && 'before' in value && 'after' in value)) return false
  return typeof value.path === 'string' && (value.before === null || typeof value.before === 'string') && typeof value.after === 'string'
}

export function writeRecord(home: Home, path: string, before: Uint8Array | undefined, after: Uint8Array): void {
  const record: InstallRecord = {
    path,
    before: before === undefined ? null : Buffer.from(before).toString('base64'),
    after: digestOf(after),
  }
  replaceFile(recordPath(home, path), `${JSON.stringify(record)}\n`, 0o600)
}

export function dropRecord(home: Home, path: string): void {
  rmSync(recordPath(home, path), { force: true })
}
