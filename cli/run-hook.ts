/** Runs a bundle as an agent's hook would: a process of its own, nothing in its environment. */
import { spawnSync } from 'node:child_process'
import { type PlatformName, STATUS } from '../runtime/agents/contract.js'
import type { Decision } from '../runtime/decide/result.js'

export interface HookCall {
  readonly bundle: string
  readonly platform: PlatformName
  readonly agsecHome: string
  readonly home: string
  readonly input: string | Uint8Array
}

export interface HookAnswer {
  /** Undefined where the process was killed. */
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
}

export function runHook({ bundle, platform, agsecHome, home, input }: HookCall): HookAnswer {
  const args = [bundle, 'hook', platform, '--agsec-home', agsecHome, '--home', home]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { input, env: {}, encoding: 'utf8' })
  return { status: status ?? undefined, stdout, stderr }
}

/** Whether the hook came to an answer; where it did not, the installed command blocks. */
export function isAnswer({ status }: HookAnswer): boolean {
  return status === STATUS.allow || status === STATUS.ask || status === STATUS.deny
}

/** What the answer means; everything that is neither an allow nor an ask is a block. */
export function decisionOf({ status }: HookAnswer): Decision {
  return status === STATUS.allow ? 'allow' : status === STATUS.ask ? 'review' : 'deny'
}
