/**
 * Whether the engine's stack is at its end: a RangeError on most engines, an InternalError on QuickJS, whose stack of 256 KB may end
 * before the counters of depth do.
 */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === 'InternalError')
}
