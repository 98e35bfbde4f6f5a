/** What the bench asks of another engine, or of a way of doing without one. */
import type { BenchEffect, BenchStatement } from '../policies.js'
import type { BenchRequest } from '../requests.js'

export type Decide = (request: BenchRequest) => BenchEffect | Promise<BenchEffect>

export interface Peer {
  /** The policy in the engine's own form: the text of the file that its users would keep. Nobody's time. */
  write(policy: readonly BenchStatement[]): string
  /** Takes such a file, or what it was compiled to, as a process does once, and makes it ready. */
  load(file: Buffer): Decide | Promise<Decide>
}

export const STRICTNESS: Readonly<Record<BenchEffect, number>> = { allow: 1, review: 2, deny: 3 }

/** The strictest first: where the first match decides, an engine may stop at it. */
export function strictestFirst(policy: readonly BenchStatement[]): readonly BenchStatement[] {
  return [...policy].sort((a, b) => STRICTNESS[b.effect] - STRICTNESS[a.effect])
}

/** Whether a name in full, or a name and `.*`, covers the action: cheaper than a glob, and enough for these policies. */
export function covers(pattern: string, action: string): boolean {
  return pattern.endsWith('.*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action
}

/** A regex, compiled when first asked for. */
export function cachedRegExp(): (source: string) => RegExp {
  const known = new Map<string, RegExp>()
  return source => {
    const found = known.get(source)
    if (found !== undefined) return found
    const made = new RegExp(source)
    known.set(source, made)
    return made
  }
}
