import { adapterOf, readInput } from '../runtime/agents/adapters.js'
import type { HostFacts, ToolCall } from '../runtime/agents/contract.js'
import { wholeCall } from '../runtime/decide/check-request.js'
import type { Call, Request, ValueMap } from '../runtime/decide/request.js'
import { hasOwn, own } from '../runtime/decide/value.js'
import { expandRequest, isShellCall } from '../runtime/shell/expand-request.js'
import { type Asked, type PlatformAsked, RequestError } from './asked.js'

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
      return requestCall(withMachineFacts(asked.request, facts))
    case 'platform':
      return toolCallOf(asked, facts).call
  }
}

/** The working directory is not one of the facts: it is the agent's, not ours. */
function withMachineFacts(request: Request, { home, platform }: MachineFacts): Request {
  return underContext(request, { home, platform })
}

/** The request with what its context leaves out. To copy a map first and then to add to it is many times as fast as to add all of one to another. */
export function underContext({ action, params, context }: Request, defaults: ValueMap): Request {
  const all = { ...context }
  for (const name of Object.keys(defaults)) if (!hasOwn(all, name)) all[name] = defaults[name] ?? null
  return { action, params, context: all }
}

/**
 * A request that is no platform's is decided without looking at the file system, so that it means the same everywhere. A shell
 * command is that of an agent in a project.
 */
function requestCall(request: Request): Call {
  if (!isShellCall(request)) return wholeCall(request)
  return expandRequest(underContext(request, projectOf(request.context)), AS_WRITTEN)
}

/** The same of a request that is about this machine, whose files are looked at. */
export function callHere(request: Request, facts: MachineFacts): Call {
  const { realPath, files } = facts
  return expandRequest(withMachineFacts(request, facts), files === undefined ? { realPath } : { realPath, files })
}

const AS_WRITTEN = { realPath: (path: string) => path }

function projectOf(context: ValueMap): ValueMap {
  const home = own(context, 'home')
  const cwd = own(context, 'cwd') ?? `${typeof home === 'string' ? home : ''}/project`
  return { cwd, project_root: cwd }
}

/**
 * What a platform's input says, as its adapter understands it.
 * @throws RequestError where it is none
 */
export function toolCallOf({ platform, input }: PlatformAsked, facts: MachineFacts): ToolCall {
  const adapter = adapterOf(platform)
  const parsed = adapter && readInput(adapter, input, facts)
  if (parsed?.kind !== 'call') throw new RequestError(parsed?.why ?? `there is no adapter for \`${platform}\``)
  return parsed.toolCall
}
