/**
 * The coarsest split of all code points into classes that none of the given sets tells apart. Beyond ASCII the sets of most patterns are
 * few (none, all, letters and digits, and what is none), while each has a thousand ranges: those splits are remembered.
 */
import type { CodePointRange } from './automaton.js'
import type { Budget } from './budget.js'
import { type CharSet, codePointLimit, hasChar } from './char-set.js'
import { NumberBuffer, NumberLists } from './number-lists.js'
import { splitGroups } from './split-groups.js'

export interface Alphabet {
  /** Ordered by smallest code point; ranges ascending and not touching. */
  readonly classes: readonly (readonly CodePointRange[])[]
  /** For each set, 1 for the classes inside it. */
  readonly members: readonly Uint8Array[]
}

const ASCII = 128

export function alphabetOf(sets: readonly CharSet[], budget: Budget): Alphabet {
  const upperIds = sets.map(upperIdOf)
  const upper = splitUpper([...new Set(upperIds)].sort((a, b) => a - b))
  // The same whether it was remembered or not: what compiles must not depend on what was compiled before.
  budget.spend(upper.work)
  const cellCount = ASCII + upper.groups.length
  // One row of cells per set is filled and then split by.
  budget.spend(Math.ceil((sets.length * cellCount) / 8))
  const insides = sets.map((set, at) => cellsInside(set, upper, upperIds[at] ?? 0))
  const classOf = new Uint16Array(cellCount)
  let classCount = 1
  for (const inside of insides) classCount = splitGroups(classOf, classCount, inside)
  return { classes: rangesOfClasses(classOf, classCount, upper), members: insides.map(inside => ofClasses(inside, classOf, classCount)) }
}

/** The code points beyond ASCII, split into groups that some sets do not tell apart, ordered by smallest code point. */
interface UpperSplit {
  readonly groups: readonly (readonly CodePointRange[])[]
  /** By the number of the set's upper part: 1 for the groups inside it. */
  readonly inside: ReadonlyMap<number, Uint8Array>
  /** The steps that it takes to make it. */
  readonly work: number
}

/** The parts of sets that lie beyond ASCII, each once. */
const upperParts = new NumberLists()
const upperIds = new WeakMap<CharSet, number>()
const upperSplits = new Map<string, UpperSplit>()
/** Patterns are their authors' own: what they can fill is bounded. */
const REMEMBERED_SPLITS = 1000

function upperIdOf(set: CharSet): number {
  const known = upperIds.get(set)
  if (known !== undefined) return known
  const part = new NumberBuffer()
  if (hasChar(set, ASCII)) part.add(ASCII)
  for (const flip of set) if (flip > ASCII) part.add(flip)
  const id = upperParts.idOf(part)
  upperIds.set(set, id)
  return id
}

function splitUpper(ids: readonly number[]): UpperSplit {
  const key = ids.join()
  const known = upperSplits.get(key)
  if (known !== undefined) return known
  if (upperSplits.size >= REMEMBERED_SPLITS) upperSplits.clear()
  const made = makeUpperSplit(ids)
  upperSplits.set(key, made)
  return made
}

function makeUpperSplit(ids: readonly number[]): UpperSplit {
  const parts = ids.map(id => upperParts.at(id))
  const starts = intervalStarts(parts)
  const insides = parts.map(part => Uint8Array.from(starts, start => (hasChar(part, start) ? 1 : 0)))
  const groupOf = new Uint16Array(starts.length)
  let groupCount = 1
  for (const inside of insides) groupCount = splitGroups(groupOf, groupCount, inside)
  return {
    groups: rangesOfGroups(starts, groupOf, groupCount),
    inside: new Map(ids.map((id, at) => [id, ofClasses(insides[at] ?? new Uint8Array(), groupOf, groupCount)])),
    work: parts.length * starts.length,
  }
}

/** Between two neighbouring starts no part's membership changes. */
function intervalStarts(parts: readonly CharSet[]): readonly number[] {
  const starts = new Set([ASCII])
  for (const part of parts) for (const flip of part) starts.add(flip)
  return [...starts].sort((a, b) => a - b)
}

function rangesOfGroups(starts: readonly number[], groupOf: Uint16Array, groupCount: number): CodePointRange[][] {
  const groups: CodePointRange[][] = Array.from({ length: groupCount }, () => [])
  let from = ASCII
  starts.forEach((_, interval) => {
    if (interval + 1 < starts.length && groupOf[interval] === groupOf[interval + 1]) return
    const end = starts[interval + 1] ?? codePointLimit
    groups[groupOf[interval] ?? 0]?.push({ from, to: end - 1 })
    from = end
  })
  return groups
}

/** For each ASCII code point and each group beyond, whether it is in the set. */
function cellsInside(set: CharSet, upper: UpperSplit, upperId: number): Uint8Array {
  const inside = new Uint8Array(ASCII + upper.groups.length)
  for (let at = 0; at < set.length && (set[at] ?? 0) < ASCII; at += 2) inside.fill(1, set[at], Math.min(set[at + 1] ?? ASCII, ASCII))
  inside.set(upper.inside.get(upperId) ?? [], ASCII)
  return inside
}

/** What holds of cells as what holds of their classes. */
function ofClasses(inside: Uint8Array, classOf: Uint16Array, classCount: number): Uint8Array {
  const members = new Uint8Array(classCount)
  inside.forEach((isInside, cell) => {
    members[classOf[cell] ?? 0] = isInside
  })
  return members
}

/** No class has more than one group beyond ASCII: two groups are told apart by some set. */
function rangesOfClasses(classOf: Uint16Array, classCount: number, upper: UpperSplit): CodePointRange[][] {
  const classes: CodePointRange[][] = Array.from({ length: classCount }, () => [])
  for (let from = 0; from < ASCII; ) {
    let to = from
    while (to + 1 < ASCII && classOf[to + 1] === classOf[from]) to++
    classes[classOf[from] ?? 0]?.push({ from, to })
    from = to + 1
  }
  upper.groups.forEach((ranges, group) => {
    const charClass = classOf[ASCII + group] ?? 0
    classes[charClass] = joined(classes[charClass] ?? [], ranges)
  })
  return classes
}

function joined(ascii: readonly CodePointRange[], beyond: readonly CodePointRange[]): CodePointRange[] {
  const last = ascii.at(-1)
  const [first, ...others] = beyond
  if (last === undefined || first === undefined || last.to + 1 < first.from) return [...ascii, ...beyond]
  return [...ascii.slice(0, -1), { from: last.from, to: first.to }, ...others]
}
