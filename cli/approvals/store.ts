/** Approvals on disk, as people see them: what hooks asked for, what was approved. See `runtime/host/approvals.ts`. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type AskedLine, type Granted, idOf } from '../../runtime/host/approvals.js'
import { isMap } from '../asked.js'
import type { Home } from '../home.js'
import { replaceFile } from '../replace-file.js'

/** A call that was asked for longer ago than this is asked for anew, in milliseconds. */
export const ASKED_FOR_MS = 24 * 60 * 60 * 1000

/** The last time that each call was asked for, the latest first; without what is too old. */
export function asked(home: Home, nowMs: number): readonly AskedLine[] {
  const folder = join(home.approvals, 'asked')
  const lines = namesIn(folder).flatMap(name => linesOf(join(folder, name)))
  const latest = new Map(lines.map(line => [line.fingerprint, line]))
  const recent = [...latest.values()].filter(({ time }) => nowMs - Date.parse(time) < ASKED_FOR_MS)
  return recent.sort((a, b) => (a.time < b.time ? 1 : -1))
}

/** The approvals that still count. */
export function granted(home: Home, nowMs: number): readonly Granted[] {
  const folder = join(home.approvals, 'granted')
  return namesIn(folder).flatMap(name => {
    const read = json(join(folder, name))
    return isGranted(read) && name === `${read.fingerprint}.json` && read.expires > nowMs ? [read] : []
  })
}

export function grant(home: Home, approval: Granted): void {
  replaceFile(grantedPath(home, approval.fingerprint), `${JSON.stringify(approval)}\n`, 0o600)
}

/** Whether there was one. */
export function revoke(home: Home, id: string): boolean {
  const found = granted(home, 0).filter(({ fingerprint }) => idOf(fingerprint) === id)
  for (const { fingerprint } of found) rmSync(grantedPath(home, fingerprint), { force: true })
  return found.length > 0
}

/** Removes what nobody can approve any more, and approvals that are used up or have expired. */
export function sweep(home: Home, nowMs: number): void {
  const keptIds = new Set(asked(home, nowMs).map(({ fingerprint }) => `${idOf(fingerprint)}.jsonl`))
  const keptGrants = new Set(granted(home, nowMs).map(({ fingerprint }) => `${fingerprint}.json`))
  sweepFolder(join(home.approvals, 'asked'), keptIds)
  sweepFolder(join(home.approvals, 'granted'), keptGrants)
  sweepFolder(join(home.approvals, 'used'), new Set())
}

function sweepFolder(folder: string, kept: ReadonlySet<string>): void {
  for (const name of namesIn(folder)) if (!kept.has(name)) rmSync(join(folder, name), { force: true })
}

function grantedPath(home: Home, fingerprint: string): string {
  return join(home.approvals, 'granted', `${fingerprint}.json`)
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function linesOf(path: string): readonly AskedLine[] {
  return (text(path) ?? '').split('\n').flatMap(line => {
    const read = parsed(line)
    return isAsked(read) ? [read] : []
  })
}

function json(path: string): unknown {
  return parsed(text(path) ?? '')
}

function text(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const TEXTS = ['time', 'agent', 'cwd', 'action', 'what', 'sid', 'reason'] as const

function isAsked(value: unknown): value is AskedLine {
  return isMap(value) && value['v'] === 1 && isFingerprint(value['fingerprint']) && TEXTS.every(name => typeof value[name] === 'string')
}

function isGranted(value: unknown): value is Granted {
  if (!isMap(value) || value['v'] !== 1 || !isFingerprint(value['fingerprint'])) return false
  return (value['use'] === 'once' || value['use'] === 'until') && typeof value['expires'] === 'number'
}

function isFingerprint(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}
