/**
 * Sets of code points, with the algebra that pattern syntax needs.
 *
 * A set is the ascending list of the code points where membership flips: `[97, 123]` is a to z. The list has an even length unless
 * the set reaches the last code point; complement is then one boundary more or less, and every operation is one merge of two lists.
 */
import type { CodePointRange } from './automaton.js'

export type CharSet = readonly number[]

/** One past the last code point. */
export const codePointLimit = 0x110000

export const noChars: CharSet = []
export const allChars: CharSet = [0]

export function singleChar(codePoint: number): CharSet {
  return charRange(codePoint, codePoint)
}

/** The code points `from` to `to`, both included; none where they are the wrong way round. */
export function charRange(from: number, to: number): CharSet {
  if (from > to) return noChars
  return to + 1 === codePointLimit ? [from] : [from, to + 1]
}

/** Any ranges in any order, overlapping or not. */
export function charRanges(ranges: Iterable<readonly [number, number]>): CharSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const flips: number[] = []
  let end = -1
  for (const [from, to] of sorted) {
    if (from > end) {
      if (end >= 0) flips.push(end)
      flips.push(from)
    }
    end = Math.max(end, to + 1)
  }
  if (end >= 0 && end < codePointLimit) flips.push(end)
  return flips
}

export function complement(set: CharSet): CharSet {
  return set[0] === 0 ? set.slice(1) : [0, ...set]
}

export function union(a: CharSet, b: CharSet): CharSet {
  if (a.length === 0) return b
  if (b.length === 0) return a
  return combine(a, b, (inA, inB) => inA || inB)
}

/** The smallest sets first: each union costs as much as both its sets. */
export function unionOf(sets: readonly CharSet[]): CharSet {
  return [...sets].sort((a, b) => a.length - b.length).reduce(union, noChars)
}

export function intersection(a: CharSet, b: CharSet): CharSet {
  return combine(a, b, (inA, inB) => inA && inB)
}

export function difference(a: CharSet, b: CharSet): CharSet {
  return combine(a, b, (inA, inB) => inA && !inB)
}

function combine(a: CharSet, b: CharSet, keep: (inA: boolean, inB: boolean) => boolean): CharSet {
  const flips: number[] = []
  let atA = 0
  let atB = 0
  let inside = false
  while (atA < a.length || atB < b.length) {
    const nextA = a[atA] ?? codePointLimit
    const nextB = b[atB] ?? codePointLimit
    const at = Math.min(nextA, nextB)
    if (nextA === at) atA++
    if (nextB === at) atB++
    // The parity of the flips passed so far tells whether `at` is inside.
    if (keep((atA & 1) === 1, (atB & 1) === 1) !== inside) {
      inside = !inside
      flips.push(at)
    }
  }
  return flips
}

export function hasChar(set: CharSet, codePoint: number): boolean {
  let low = 0
  let high = set.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((set[middle] ?? codePointLimit) <= codePoint) low = middle + 1
    else high = middle
  }
  return (low & 1) === 1
}

export function rangesOf(set: CharSet): readonly CodePointRange[] {
  const ranges: CodePointRange[] = []
  for (let at = 0; at < set.length; at += 2) {
    ranges.push({ from: set[at] ?? 0, to: (set[at + 1] ?? codePointLimit) - 1 })
  }
  return ranges
}

/** The code points of a text; an unpaired surrogate is one of its own. */
export function codePointsOf(text: string): readonly number[] {
  const codePoints: number[] = []
  for (const char of text) codePoints.push(char.codePointAt(0) ?? 0)
  return codePoints
}
