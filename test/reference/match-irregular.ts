/** Patterns with references and the like, by trying one way after the other, in the order in which their dialects try them. */
import { has } from './char-set.js'
import { isBoundary, isEdge } from './match-text.js'
import type { Pattern } from './pattern.js'

/** How far a way has come, and what each group matched last. */
interface Way {
  readonly at: number
  readonly groups: ReadonlyMap<number, readonly [start: number, end: number]>
}

interface Reading {
  readonly text: readonly number[]
  /** ECMAScript reads what it looks behind for from right to left. */
  readonly leftwards: boolean
  readonly dialect: 'python' | 'es'
}

export function matchesIrregular(pattern: Pattern, text: readonly number[], dialect: 'python' | 'es'): boolean {
  for (const way of ways(pattern, { at: 0, groups: new Map() }, { text, leftwards: false, dialect })) {
    if (way.at === text.length) return true
  }
  return false
}

/** Every way to match from a place on, the preferred ones first. */
function* ways(pattern: Pattern, from: Way, reading: Reading): Generator<Way> {
  const { text, leftwards } = reading
  switch (pattern.kind) {
    case 'chars':
      if (has(pattern.set, text[leftwards ? from.at - 1 : from.at] ?? -1)) yield { ...from, at: from.at + (leftwards ? -1 : 1) }
      return
    case 'sequence':
      return yield* inTurn(leftwards ? [...pattern.of].reverse() : pattern.of, from, reading)
    case 'choice':
      for (const part of pattern.of) yield* ways(part, from, reading)
      return
    case 'repeat':
      return yield* repeated(pattern, 0, undefined, from, reading)
    case 'edge':
      if (isEdge(pattern, text, from.at)) yield from
      return
    case 'boundary':
      if (isBoundary(pattern, text[from.at - 1], text[from.at])) yield from
      return
    case 'look':
      return yield* looked(pattern, from, reading)
    case 'group':
      for (const way of ways(pattern.of, from, reading)) yield captured(way, pattern.number, from.at)
      return
    case 'reference':
      return yield* again(pattern, from, reading)
    case 'atomic':
      return yield* firstOf(ways(pattern.of, from, reading))
    case 'conditional':
      return yield* ways(from.groups.has(pattern.group) ? pattern.yes : pattern.no, from, reading)
    default:
      return pattern satisfies never
  }
}

function* firstOf(all: Generator<Way>): Generator<Way> {
  for (const way of all) return yield way
}

function* inTurn([first, ...rest]: readonly Pattern[], from: Way, reading: Reading): Generator<Way> {
  if (first === undefined) return yield from
  for (const way of ways(first, from, reading)) yield* inTurn(rest, way, reading)
}

function captured(way: Way, group: number, start: number): Way {
  const span = [Math.min(start, way.at), Math.max(start, way.at)] as const
  return { ...way, groups: new Map([...way.groups, [group, span]]) }
}

type Repeat = Pattern & { readonly kind: 'repeat' }

/** @param last where the round before began that need not have been */
function* repeated(pattern: Repeat, round: number, last: number | undefined, from: Way, reading: Reading): Generator<Way> {
  const { min, max, how = 'greedy' } = pattern
  if (how === 'lazy' && round >= min) yield from
  if (round < max && (round < min || last !== from.at)) {
    let entered = false
    for (const way of oneRound(pattern, round, from, reading)) {
      entered = true
      yield* repeated(pattern, round + 1, round < min ? last : from.at, way, reading)
    }
    // Whoever is possessive gives back no round.
    if (how === 'possessive' && entered) return
  }
  if (how !== 'lazy' && round >= min) yield from
}

function* oneRound(pattern: Repeat, round: number, from: Way, reading: Reading): Generator<Way> {
  const { of, min, how } = pattern
  if (reading.dialect === 'python') {
    const all = ways(of, from, reading)
    return yield* how === 'possessive' ? firstOf(all) : all
  }
  // ECMAScript forgets what the groups matched in the round before, and has no use for an empty round.
  const own = groupsIn(of)
  const forgotten = { ...from, groups: new Map([...from.groups].filter(([group]) => !own.has(group))) }
  for (const way of ways(of, forgotten, reading)) if (round < min || way.at !== from.at) yield way
}

function* looked(pattern: Pattern & { readonly kind: 'look' }, from: Way, reading: Reading): Generator<Way> {
  const found = pattern.behind ? waysBehind(pattern.of, from, reading) : ways(pattern.of, from, { ...reading, leftwards: false })
  const [first] = firstOf(found)
  if (pattern.negated) {
    if (first === undefined) yield from
  } else if (first !== undefined) yield { ...first, at: from.at }
}

function* waysBehind(pattern: Pattern, from: Way, reading: Reading): Generator<Way> {
  if (reading.dialect === 'es') return yield* ways(pattern, from, { ...reading, leftwards: true })
  for (let start = from.at; start >= 0; start--) {
    for (const way of ways(pattern, { ...from, at: start }, reading)) if (way.at === from.at) yield way
  }
}

function* again(pattern: Pattern & { readonly kind: 'reference' }, from: Way, { text, leftwards, dialect }: Reading): Generator<Way> {
  const span = from.groups.get(pattern.group)
  if (span === undefined) {
    if (dialect === 'es') yield from
    return
  }
  const length = span[1] - span[0]
  const start = leftwards ? from.at - length : from.at
  const same = Array.from({ length }, (_, i) => pattern.same(text[span[0] + i] ?? -1, text[start + i] ?? -1)).every(Boolean)
  if (same) yield { ...from, at: leftwards ? start : start + length }
}

function groupsIn(pattern: Pattern): ReadonlySet<number> {
  const own = pattern.kind === 'group' ? [pattern.number] : []
  return new Set([...own, ...partsOf(pattern).flatMap(part => [...groupsIn(part)])])
}

function partsOf(pattern: Pattern): readonly Pattern[] {
  switch (pattern.kind) {
    case 'sequence':
    case 'choice':
      return pattern.of
    case 'repeat':
    case 'look':
    case 'group':
    case 'atomic':
      return [pattern.of]
    case 'conditional':
      return [pattern.yes, pattern.no]
    default:
      return []
  }
}

/** Whether only this way of matching will do. */
export function isIrregular(pattern: Pattern): boolean {
  const own = ['reference', 'atomic', 'conditional'].includes(pattern.kind) || (pattern.kind === 'repeat' && pattern.how === 'possessive')
  return own || partsOf(pattern).some(isIrregular)
}
