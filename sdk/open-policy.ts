import type { EmbeddedPolicy } from '../runtime/host/embedded.js'
import type { Machine } from './machine.js'
import type { PolicySource } from './options.js'
import { policyOf } from './policy-of.js'

/** @throws where there is no policy, or it cannot be loaded */
export function openPolicy({ bundle, policies, rules }: PolicySource, machine: Machine): EmbeddedPolicy {
  const isCompiled = policies !== undefined || rules !== undefined
  if (bundle !== undefined && isCompiled) throw new Error('a bundle and policies or rules exclude each other')
  const path = pathOf(bundle)
  if (path !== undefined) return machine.openBundle(path)
  if (bundle !== undefined) return policyOf(bundle)
  if (!isCompiled) throw new Error('no policy was given: expected `bundle`, `policies` or `rules`')
  const paths = policies === undefined ? [] : typeof policies === 'string' ? [policies] : policies
  if (paths.length === 0 && (rules ?? []).length === 0) throw new Error('no policy was given: `policies` and `rules` are empty')
  return machine.compile({ paths, rules: rules ?? [] })
}

/** A path, or the address of a file. */
function pathOf(bundle: unknown): string | undefined {
  if (typeof bundle === 'string') return bundle
  return typeof bundle === 'object' && bundle !== null && 'href' in bundle && typeof bundle.href === 'string' ? bundle.href : undefined
}
