/** Whether a command applies a patch: Codex has a program for that which is none, and reads what it is given itself. */
import type { Call, ExpandedRequest } from '../decide/request.js'

/** The first line of a patch. */
export const BEGIN = '*** Begin Patch'

export function patches(call: Call): boolean {
  const whole = call[0]?.request
  const command = whole?.params['command']
  return whole?.action === 'bash.execute' && ((typeof command === 'string' && command.includes(BEGIN)) || call.some(isPatcher))
}

export function isPatcher({ request }: ExpandedRequest): boolean {
  const { program } = request.params
  return program === 'apply_patch' || program === 'applypatch'
}
