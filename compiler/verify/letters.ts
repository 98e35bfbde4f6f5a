/**
 * The letters of one verification: sets of code points that nothing tells apart, no pattern of the policy and nothing in the
 * table. One code point of each stands for all of it. Every ASCII character is a letter of its own.
 */
import { symbolsOf } from '../../runtime/decide/symbols.js'
import { ASCII, SECTION, type Table } from '../../runtime/decide/table.js'
import { type CharSet, codePointLimit } from '../patterns/char-set.js'

/** No string has a low surrogate as a code point of its own right after a high one. */
export const KIND = { other: 0, high: 1, low: 2 } as const

export interface Letters {
  readonly count: number
  /** The code point that stands for each letter. */
  readonly points: Int32Array
  readonly kinds: Uint8Array
  /** The symbol of the table that each letter is read as, by the runtime's own reader. */
  readonly symbols: Int32Array
  /** 1 for the letters in the set, which must be one of those that the letters were made for. */
  members(set: CharSet): Uint8Array
  letterOf(codePoint: number): number
}

export function lettersOf(sets: Iterable<CharSet>, table: Table): Letters {
  const distinct = new DistinctSets(sets)
  const starts = intervalStarts(distinct.sets(), table)
  const kinds = Uint8Array.from(starts, kindOf)
  const symbols = Int32Array.from(starts, point => symbolsOf(String.fromCodePoint(point), table).units[0] ?? 0)
  const letterOf = firstSplit(starts, kinds, symbols)
  let count = 1 + letterOf.reduce((a, b) => Math.max(a, b), 0)
  for (const set of distinct.sets()) count = splitOff(set, starts, letterOf, count)
  return new LetterTable(starts, { kinds, symbols, letterOf }, distinct)
}

/** The sets by content: the syntax readers make `a` anew for every pattern. */
class DistinctSets {
  readonly #byKey = new Map<string, CharSet>()
  readonly #keys = new Map<CharSet, string>()

  constructor(sets: Iterable<CharSet>) {
    for (const set of sets) this.#byKey.set(this.keyOf(set), set)
  }

  sets(): Iterable<CharSet> {
    return this.#byKey.values()
  }

  keyOf(set: CharSet): string {
    const known = this.#keys.get(set)
    if (known !== undefined) return known
    const key = set.join()
    this.#keys.set(set, key)
    return key
  }
}

/** Between two neighbouring starts neither the policy nor the table sees a difference. */
function intervalStarts(sets: Iterable<CharSet>, table: Table): Int32Array {
  const starts = new Set([0xd800, 0xdc00, 0xe000])
  for (let point = 0; point <= ASCII; point++) starts.add(point)
  for (let i = 0; i < table.count(SECTION.ranges); i++) starts.add(table.word(SECTION.ranges, i))
  for (const set of sets) for (const flip of set) starts.add(flip)
  return Int32Array.from(starts)
    .filter(start => start >= 0 && start < codePointLimit)
    .sort()
}

function kindOf(point: number): number {
  if (point < 0xd800 || point > 0xdfff) return KIND.other
  return point < 0xdc00 ? KIND.high : KIND.low
}

function firstSplit(starts: Int32Array, kinds: Uint8Array, symbols: Int32Array): Int32Array {
  const ids = new Map<number, number>()
  return starts.map((point, interval) => {
    const key = point < ASCII ? -1 - point : (symbols[interval] ?? 0) * 4 + (kinds[interval] ?? 0)
    const id = ids.get(key) ?? ids.size
    ids.set(key, id)
    return id
  })
}

/** Every letter loses its part inside the set to a new one; one wholly inside just gets a new number. */
function splitOff(set: CharSet, starts: Int32Array, letterOf: Int32Array, count: number): number {
  const renamed = new Map<number, number>()
  forIntervals(set, starts, interval => {
    const old = letterOf[interval] ?? 0
    const fresh = renamed.get(old) ?? count + renamed.size
    renamed.set(old, fresh)
    letterOf[interval] = fresh
  })
  return count + renamed.size
}

function forIntervals(set: CharSet, starts: Int32Array, visit: (interval: number) => void): void {
  for (let at = 0; at < set.length; at += 2) {
    const end = set[at + 1] ?? codePointLimit
    for (let interval = placeOf(set[at] ?? 0, starts); (starts[interval] ?? codePointLimit) < end; interval++) visit(interval)
  }
}

/** The last interval that starts at the point or before. */
function placeOf(point: number, starts: Int32Array): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= point) low = middle
    else high = middle - 1
  }
  return low
}

class LetterTable implements Letters {
  readonly count: number
  readonly points: Int32Array
  readonly kinds: Uint8Array
  readonly symbols: Int32Array
  readonly #letterOf: Int32Array
  readonly #members = new Map<string, Uint8Array>()

  constructor(
    readonly starts: Int32Array,
    of: { readonly kinds: Uint8Array; readonly symbols: Int32Array; readonly letterOf: Int32Array },
    readonly distinct: DistinctSets,
  ) {
    const first = new Map<number, number>()
    of.letterOf.forEach((letter, interval) => {
      if (!first.has(letter)) first.set(letter, interval)
    })
    const numbers = new Map([...first.keys()].map((letter, number) => [letter, number]))
    this.count = first.size
    this.#letterOf = of.letterOf.map(letter => numbers.get(letter) ?? 0)
    this.points = Int32Array.from(first.values(), interval => starts[interval] ?? 0)
    this.kinds = Uint8Array.from(first.values(), interval => of.kinds[interval] ?? 0)
    this.symbols = Int32Array.from(first.values(), interval => of.symbols[interval] ?? 0)
  }

  letterOf(codePoint: number): number {
    return this.#letterOf[placeOf(codePoint, this.starts)] ?? 0
  }

  members(set: CharSet): Uint8Array {
    const key = this.distinct.keyOf(set)
    const known = this.#members.get(key)
    if (known !== undefined) return known
    const members = new Uint8Array(this.count)
    forIntervals(set, this.starts, interval => {
      members[this.#letterOf[interval] ?? 0] = 1
    })
    this.#members.set(key, members)
    return members
  }
}
