import type { RealPath } from './host.js'

/** What the file system says of a whole path: its real one, that it is missing and no link either, or that it cannot be told. */
export type Resolved = { readonly kind: 'real'; readonly path: string } | { readonly kind: 'missing' } | { readonly kind: 'unknown' }

/** Resolves the longest part of the path that exists; the rest is as written. */
export function longestRealPath(path: string, resolve: (path: string) => Resolved): RealPath {
  let existing = path
  let rest = ''
  for (;;) {
    const resolved = resolve(existing)
    if (resolved.kind === 'unknown') return undefined
    if (resolved.kind === 'real') return rest === '' ? resolved.path : `${resolved.path === '/' ? '' : resolved.path}${rest}`
    const slash = existing.lastIndexOf('/')
    rest = existing.slice(slash) + rest
    existing = slash <= 0 ? '/' : existing.slice(0, slash)
  }
}
