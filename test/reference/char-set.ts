/** Sets of code points, unpaired surrogates being ordinary ones. */

/** INVARIANT: inclusive ranges, ascending, apart from each other. */
export type CharSet = readonly (readonly [from: number, to: number])[]

export const LAST_CODE_POINT = 0x10ffff

export const allChars: CharSet = [[0, LAST_CODE_POINT]]

export function codePoints(text: string): readonly number[] {
  return [...text].map(char => char.codePointAt(0) ?? 0)
}

/** The code points of a text, as a set. */
export function charsOf(text: string): CharSet {
  return charSet(codePoints(text).map(point => [point, point] as const))
}

/** Ranges in any order; a range the wrong way round holds nothing. */
export function charSet(ranges: readonly (readonly [number, number])[]): CharSet {
  const sorted = ranges.filter(([from, to]) => from <= to).sort((a, b) => a[0] - b[0])
  const set: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = set.at(-1)
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else set.push([from, to])
  }
  return set
}

export function union(...sets: readonly CharSet[]): CharSet {
  return charSet(sets.flat())
}

export function complement(set: CharSet): CharSet {
  const starts = [0, ...set.map(([, to]) => to + 1)]
  const ends = [...set.map(([from]) => from - 1), LAST_CODE_POINT]
  return charSet(starts.map((start, i) => [start, ends[i] ?? LAST_CODE_POINT] as const))
}

export function without(set: CharSet, removed: CharSet): CharSet {
  return complement(union(complement(set), removed))
}

export function has(set: CharSet, point: number): boolean {
  let low = 0
  let high = set.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [from, to] = set[middle] ?? [0, -1]
    if (point < from) high = middle - 1
    else if (point > to) low = middle + 1
    else return true
  }
  return false
}
