/** Simple case folding (the mapping from `K` and the Kelvin sign to `k`), and sets closed under it. */
import { type CharSet, charRanges, codePointLimit, hasChar, singleChar, union } from '../char-set.js'
import { unpackNumbers } from './run-lengths.js'
import { foldTable } from './tables.js'

interface Folding {
  readonly pairs: readonly (readonly [number, number])[]
  readonly target: ReadonlyMap<number, number>
  /** For each target everything that folds to it, itself first. */
  readonly group: ReadonlyMap<number, readonly number[]>
}

let unpacked: Folding | undefined

/** Unpacked on first use: most policies never ask. */
function folding(): Folding {
  unpacked ??= unpackFolding()
  return unpacked
}

function unpackFolding(): Folding {
  const pairs = unpackPairs()
  const group = new Map<number, number[]>()
  for (const [source, target] of pairs) {
    const members = group.get(target) ?? [target]
    members.push(source)
    group.set(target, members)
  }
  return { pairs, target: new Map(pairs), group }
}

function unpackPairs(): (readonly [number, number])[] {
  const numbers = unpackNumbers(foldTable)
  const pairs: (readonly [number, number])[] = []
  let last = 0
  for (let at = 0; at < numbers.length; at += 4) {
    const [step = 1, count = 0, sinceLast = 0, distance = 0] = numbers.slice(at, at + 4)
    const first = last + sinceLast
    const shift = (distance & 1) === 1 ? -(distance >> 1) : distance >> 1
    for (let row = 0; row < count; row++) pairs.push([first + step * row, first + step * row + shift])
    last = first + step * (count - 1)
  }
  return pairs
}

/** The simple case folding of a code point; most fold to themselves. */
export function foldCase(codePoint: number): number {
  return folding().target.get(codePoint) ?? codePoint
}

/** Every code point that does not fold to itself, ascending, with what it folds to. */
export function caseFoldPairs(): readonly (readonly [number, number])[] {
  return folding().pairs
}

/** Everything with the same folding. */
export function caseVariants(codePoint: number): CharSet {
  const target = foldCase(codePoint)
  const group = folding().group.get(target)
  return group === undefined ? singleChar(codePoint) : charRanges(group.map(each => [each, each] as const))
}

/** The set and all case variants of its members. */
export function closeOverCase(set: CharSet): CharSet {
  const known = closed.get(set)
  if (known !== undefined) return known
  const result = union(set, charRanges(missingVariants(set)))
  closed.set(set, result)
  return result
}

/** Syntax readers share set objects such as that of `\w`, so that closing them once is enough. */
const closed = new WeakMap<CharSet, CharSet>()

function* missingVariants(set: CharSet): Iterable<readonly [number, number]> {
  for (const group of groupsMeeting(set)) {
    const inside = group.filter(each => hasChar(set, each)).length
    if (inside > 0 && inside < group.length) for (const each of group) yield [each, each]
  }
}

/** Looking a few code points up is cheaper than going through all 1,400 groups. */
function groupsMeeting(set: CharSet): Iterable<readonly number[]> {
  return sizeOf(set) > 100 ? folding().group.values() : groupsOfMembers(set)
}

function sizeOf(set: CharSet): number {
  let size = 0
  for (let at = 0; at < set.length; at += 2) size += (set[at + 1] ?? codePointLimit) - (set[at] ?? 0)
  return size
}

function* groupsOfMembers(set: CharSet): Iterable<readonly number[]> {
  for (let at = 0; at < set.length; at += 2) {
    for (let codePoint = set[at] ?? 0; codePoint < (set[at + 1] ?? codePointLimit); codePoint++) {
      const group = folding().group.get(foldCase(codePoint))
      if (group !== undefined) yield group
    }
  }
}
