/** Who calls, and where: what policies ask about as `context`. */
import type { HostFacts } from '../runtime/agents/contract.js'
import type { ValueMap } from '../runtime/decide/request.js'
import type { EmbeddedPolicy } from '../runtime/host/embedded.js'
import type { GuardOptions } from './options.js'

/** @param more what is known of this call alone; it counts before what the options say of all calls */
export type ContextOf = (more: ValueMap) => ValueMap

export const DEFAULT_AGENT = 'sdk'

/** @param here the working directory at the time of a call; undefined where it is not that of this process */
export function contexts(
  policy: EmbeddedPolicy,
  { agent = DEFAULT_AGENT, context }: GuardOptions,
  facts: HostFacts,
  here: () => string | undefined,
): ContextOf {
  const place = places(cwd => policy.contextOf(agent, cwd === undefined ? {} : { cwd }, facts))
  return more => {
    const own = typeof context === 'function' ? context() : context
    const cwd = more['cwd'] ?? own?.['cwd'] ?? here()
    const around = place(typeof cwd === 'string' ? cwd : undefined)
    return { ...around, ...own, ...more }
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
