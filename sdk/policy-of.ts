import type { EmbeddedPolicy } from '../runtime/host/embedded.js'

/**
 * The policy in what a bundle gave: itself, or the module that exports it.
 * @throws where it is no bundle, or one of a version that knows nothing of guards
 */
export function policyOf(bundle: unknown): EmbeddedPolicy {
  const api = at(bundle, 'bundle') ?? at(at(bundle, 'default'), 'bundle') ?? at(bundle, 'default') ?? bundle
  const policy = at(api, 'embedded')
  if (typeof at(policy, 'callOfTool') === 'function') return policy as EmbeddedPolicy // the bundle's own kernel made it
  if (at(api, 'decideCall') === undefined) throw new Error('what was given is no agsec bundle')
  throw new Error('the bundle is of an older version of agsec; run `agsec compile`')
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown })[key] : undefined
}
