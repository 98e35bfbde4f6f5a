/** A hook that is about to be installed, asked once as the platform would: it has to answer. */
import { spawnSync } from 'node:child_process'
import type { PlatformName } from '../../runtime/agents/contract.js'
import { UsageError } from '../usage-error.js'
import { canary } from './canary.js'
import { DEADLINE_S } from './deadline.js'
import { FAILED } from './hook-command.js'

/** Longer than the command's own deadline, where it has one. */
const LIMIT_MS = (DEADLINE_S + 50) * 1000

export interface Tried {
  readonly answered: boolean
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** Sends a harmless call through an installed command. */
export function sendCanary(platform: PlatformName, command: string, home: string): Tried {
  return sendThrough(command, canary(platform), home)
}

/** Sends a call through an installed command, as the platform's shell would run it. @param input what the platform writes to the hook */
export function sendThrough(command: string, input: string, home: string): Tried {
  const options = { input, env: { HOME: home }, encoding: 'utf8', timeout: LIMIT_MS } as const
  const ran =
    process.platform === 'win32' ? spawnSync(command, { ...options, shell: true }) : spawnSync('/bin/sh', ['-c', command], options)
  const failed = ran.status === null || ran.stderr.includes(FAILED) || ran.stderr.includes('[agsec] blocked:')
  const silent = ran.stdout === '' && ran.stderr === '' && ran.status !== 0 && ran.status !== 10
  return { answered: !failed && !silent, status: ran.status ?? undefined, stdout: ran.stdout ?? '', stderr: ran.stderr ?? '' }
}

/** @throws UsageError where it fails, which would block every call */
export function tryHook(platform: PlatformName, command: string, home: string): void {
  const { answered, stdout, stderr } = sendCanary(platform, command, home)
  if (answered) return
  throw new UsageError(
    `the hook does not answer: ${(stderr || stdout).trim()}`,
    'nothing was installed; `agsec compile` makes the bundle anew',
  )
}
