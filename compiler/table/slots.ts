/** How many slots an open-addressed hash table has: a power of two, at most half of them full, so that every search ends. */
export function slotsFor(entries: number): number {
  return 2 ** Math.ceil(Math.log2(2 * entries + 1))
}
