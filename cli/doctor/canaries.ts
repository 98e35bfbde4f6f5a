/** Two calls sent through the installed command, as the client would: one that agsec denies in every mode, and one that does no harm. */
import { adapterOf } from '../../runtime/agents/adapters.js'
import type { PlatformName } from '../../runtime/agents/contract.js'
import { canary } from '../install/canary.js'
import type { InstalledHook } from '../install/installed-hooks.js'
import { sendThrough, type Tried } from '../install/try-hook.js'
import { type Finding, ok, problem } from './finding.js'
import { forbiddenCall } from './forbidden-call.js'

export interface Canary {
  readonly call: 'forbidden' | 'harmless'
  /** What the hook was given on stdin. */
  readonly input: string
  readonly verdict: 'let through' | 'stopped' | 'no answer'
  readonly reply: Omit<Tried, 'answered'>
}

/** @param file one of agsec's own, absolute */
export function canaries({ platform, command }: InstalledHook, home: string, file: string): readonly Canary[] {
  const send = (call: Canary['call'], input: string): Canary => {
    const { answered, ...reply } = sendThrough(command, input, home)
    return { call, input, verdict: answered ? verdictOf(platform, reply) : 'no answer', reply }
  }
  return [send('forbidden', forbiddenCall(platform, file)), send('harmless', canary(platform))]
}

function verdictOf(platform: PlatformName, { status, stdout }: Canary['reply']): Canary['verdict'] {
  const adapter = adapterOf(platform)
  const allowed = adapter?.reply('allow', '').stdout.trim()
  return adapter !== undefined && status === adapter.exits.allow && stdout.trim() === allowed ? 'let through' : 'stopped'
}

export function canaryFinding({ call, verdict, reply }: Canary): Finding {
  const said = shown(reply)
  if (verdict === 'no answer') return problem(`the hook does not answer a ${call} call: ${said}`, 'see the problems of the machine above')
  if (call === 'harmless') return ok(`a harmless call is ${verdict}${verdict === 'stopped' ? `: ${said}` : ''}`)
  if (verdict === 'stopped') return ok(`a call that would remove a file of agsec is stopped: ${said}`)
  return problem('a call that would remove a file of agsec is let through', 'install again; `agsec compile --verify` looks at the bundle')
}

const SHOWN = 160

/** The reply as the platform would show it, in one line. */
function shown({ stdout, stderr, status }: Canary['reply']): string {
  const text = (stderr.trim() === '' ? stdout : stderr).trim().replaceAll(/\s+/g, ' ')
  return text === '' ? `status ${status ?? 'unknown'}` : text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text
}
