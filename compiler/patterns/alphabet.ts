/** The coarsest split of all code points into classes that none of the given sets tells apart. */
import type { CodePointRange } from './automaton.js'
import type { Budget } from './budget.js'
import { type CharSet, codePointLimit } from './char-set.js'

export interface Alphabet {
  /** Ordered by smallest code point; ranges ascending and not touching. */
  readonly classes: readonly (readonly CodePointRange[])[]
  /** For each set, 1 for the classes inside it. */
  readonly members: readonly Uint8Array[]
}

export function alphabetOf(sets: readonly CharSet[], budget: Budget): Alphabet {
  const starts = intervalStarts(sets)
  const classOf = classOfIntervals(sets, starts, budget)
  const classes = rangesOfClasses(starts, classOf)
  // One table row per set follows.
  budget.spend(Math.ceil((sets.length * classes.length) / 8))
  const members = sets.map(set => {
    const inside = new Uint8Array(classes.length)
    forIntervals(set, starts, interval => {
      inside[classOf[interval] ?? 0] = 1
    })
    return inside
  })
  return { classes, members }
}

/** Between two neighbouring starts no set's membership changes. */
function intervalStarts(sets: readonly CharSet[]): readonly number[] {
  const starts = new Set([0])
  for (const set of sets) for (const flip of set) starts.add(flip)
  return [...starts].sort((a, b) => a - b)
}

function classOfIntervals(sets: readonly CharSet[], starts: readonly number[], budget: Budget): Int32Array {
  const classOf = new Int32Array(starts.length)
  let classCount = 1
  for (const set of sets) {
    // Every class loses its part inside the set to a new class; one wholly inside just gets a new number.
    const renamed = new Map<number, number>()
    forIntervals(set, starts, interval => {
      budget.spend(1)
      const old = classOf[interval] ?? 0
      const fresh = renamed.get(old) ?? classCount++
      renamed.set(old, fresh)
      classOf[interval] = fresh
    })
  }
  return renumbered(classOf)
}

/** Numbers classes in the order they are met, so that they are ordered by smallest code point. */
function renumbered(classOf: Int32Array): Int32Array {
  const numbers = new Map<number, number>()
  return classOf.map(old => {
    const number = numbers.get(old) ?? numbers.size
    numbers.set(old, number)
    return number
  })
}

function rangesOfClasses(starts: readonly number[], classOf: Int32Array): CodePointRange[][] {
  const classes: CodePointRange[][] = []
  let from = 0
  starts.forEach((_, interval) => {
    const end = starts[interval + 1] ?? codePointLimit
    if (interval + 1 < starts.length && classOf[interval] === classOf[interval + 1]) return
    const ranges = (classes[classOf[interval] ?? 0] ??= [])
    ranges.push({ from, to: end - 1 })
    from = end
  })
  return classes
}

function forIntervals(set: CharSet, starts: readonly number[], visit: (interval: number) => void): void {
  for (let at = 0; at < set.length; at += 2) {
    const end = set[at + 1] ?? codePointLimit
    for (let interval = indexOfStart(starts, set[at] ?? 0); (starts[interval] ?? codePointLimit) < end; interval++) visit(interval)
  }
}

function indexOfStart(starts: readonly number[], start: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}
