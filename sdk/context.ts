/** Who calls, and where: what policies ask about as `context`. */
import type { HostFacts } from '../runtime/agents/contract.js'
import type { Value, ValueMap } from '../runtime/decide/request.js'
import type { EmbeddedPolicy } from '../runtime/host/embedded.js'
import type { GuardOptions } from './options.js'

/** @param more what is known of this call alone; it counts before what the options say of all calls */
export type ContextOf = (tool: string, more: ValueMap) => ValueMap

export const DEFAULT_AGENT = 'sdk'

/** @param here the working directory at the time of a call; undefined where it is not that of this process */
export function contexts(
  policy: EmbeddedPolicy,
  { agent = DEFAULT_AGENT, context }: GuardOptions,
  facts: HostFacts,
  here: () => string | undefined,
): ContextOf {
  const place = places(cwd => template(policy.contextOf(agent, cwd === undefined ? {} : { cwd }, facts)))
  return (tool, more) => {
    const own = typeof context === 'function' ? context() : context
    const cwd = more['cwd'] ?? own?.['cwd'] ?? here()
    const all: Record<string, Value> = { ...place(typeof cwd === 'string' ? cwd : undefined) }
    if (own !== undefined) put(own, all)
    put(more, all)
    all['tool'] = tool
    return all
  }
}

/** With a place for each name that nearly every call has: engines copy a map that JSON made as a whole, and take ten times as long where it grows. */
function template(around: ValueMap): ValueMap {
  return JSON.parse(JSON.stringify({ ...around, tool: '' })) as ValueMap // of texts
}

function put(from: ValueMap, to: Record<string, Value>): void {
  for (const key of Object.keys(from)) {
    const value = from[key] as Value // of its own keys
    if (key === '__proto__') Object.defineProperty(to, key, { value, enumerable: true, configurable: true, writable: true })
    else to[key] = value
  }
}

const MOST_PLACES = 64

/** An agent works in one folder or a few; what is known of each is worked out once. */
function places(make: (cwd: string | undefined) => ValueMap): (cwd: string | undefined) => ValueMap {
  const known = new Map<string | undefined, ValueMap>()
  return cwd => {
    const found = known.get(cwd)
    if (found !== undefined) return found
    const made = make(cwd)
    if (known.size < MOST_PLACES) known.set(cwd, made)
    return made
  }
}
