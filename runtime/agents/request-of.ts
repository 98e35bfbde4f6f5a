import type { Request, ValueMap } from '../decide/request.js'
import type { Draft } from './canonical.js'
import { withAbsolutePaths } from './context.js'
import type { HostFacts } from './contract.js'

/** The draft as a request of an agent in a place. */
export function requestOf({ action, params }: Draft, context: ValueMap, facts: HostFacts): Request {
  return { action, params: TAKES_PATHS.test(action) ? withAbsolutePaths(params, context, facts) : params, context }
}

const TAKES_PATHS = /^(file|notebook|bash|powershell)\./
