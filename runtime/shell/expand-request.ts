/** A request of an agent as the call that a policy decides: what one tool call does in several places becomes several requests. */
import { realRequest } from '../decide/real-request.js'
import type { Call, Request } from '../decide/request.js'
import { own } from '../decide/value.js'
import { expandShell, type ShellFacts } from './expand.js'

export function expandRequest(request: Request, facts: ShellFacts): Call {
  if (isShellCall(request)) return expandShell(request, facts)
  const real = realRequest(request, facts.realPath)
  return [real === undefined ? { role: 'whole', request } : { role: 'whole', request, real }]
}

const SHELLS: readonly string[] = ['bash.execute', 'powershell.execute']

export function isShellCall({ action, params }: Request): boolean {
  return SHELLS.includes(action) && typeof own(params, 'command') === 'string'
}
