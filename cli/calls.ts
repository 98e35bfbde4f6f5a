import { type HostFacts, readInput } from '../runtime/agents/claude-code.js'
import { wholeCall } from '../runtime/decide/check-request.js'
import type { Call, Request } from '../runtime/decide/request.js'
import { type Asked, RequestError } from './asked.js'

/** What a machine adds to requests that leave it out. */
export interface MachineFacts extends HostFacts {
  readonly home: string
}

/**
 * What is asked, as the requests that the policy decides.
 * @throws RequestError where a platform's input is none
 */
export function callOf(asked: Asked, facts: MachineFacts): Call {
  switch (asked.kind) {
    case 'request':
      return wholeCall(withMachineFacts(asked.request, facts))
    case 'platform':
      return platformCall(asked.input, facts)
  }
}

/** The working directory is not one of the facts: it is the agent's, not ours. */
function withMachineFacts(request: Request, { home, platform }: MachineFacts): Request {
  return { ...request, context: { home, platform, ...request.context } }
}

function platformCall(input: unknown, facts: MachineFacts): Call {
  const parsed = readInput(input, facts)
  if (parsed.kind === 'invalid') throw new RequestError(parsed.why)
  return parsed.toolCall.call
}
