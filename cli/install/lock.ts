/** One installation at a time, among those of one agsec home. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Home } from '../home.js'
import { fileProblem, UsageError } from '../usage-error.js'

/** How long another installation is waited for, and after how long one that has died is not waited for any more. */
const PATIENCE_MS = 10_000
const STALE_MS = 60_000
const PAUSE_MS = 25

/** @throws UsageError where another installation does not come to an end */
export function locked<T>(home: Home, work: () => T): T {
  const lock = join(home.folder, 'install.lock')
  take(lock)
  try {
    return work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock: string): void {
  for (const end = Date.now() + PATIENCE_MS; ; pause()) {
    if (taken(lock)) return
    if (isAbandoned(lock)) rmSync(lock, { force: true })
    else if (Date.now() > end) throw new UsageError('another `agsec install` is at work', `if there is none, remove ${lock}`)
  }
}

function taken(lock: string): boolean {
  try {
    mkdirSync(dirname(lock), { recursive: true })
    const file = openSync(lock, 'wx', 0o600)
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST') return false
    throw new UsageError(`cannot write ${lock}: ${fileProblem(error)}`, 'nothing has been written')
  }
}

/** Whether its process has ended, or it is older than any installation. */
function isAbandoned(lock: string): boolean {
  try {
    const owner = Number(readFileSync(lock, 'utf8'))
    return Date.now() - statSync(lock).mtimeMs > STALE_MS || (owner > 0 && !isRunning(owner))
  } catch {
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM'
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
}
