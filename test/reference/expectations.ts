/** What a pattern may still expect after some characters: sets of sequences of patterns that must match what follows. */
import { has } from './char-set.js'
import { isBoundary, NEWLINE } from './match-text.js'
import { anything, type Edge, type Pattern } from './pattern.js'

/** One way to go on: these patterns, one after the other, match the rest of the text. */
export interface Expectation {
  readonly patterns: readonly Pattern[]
  /** What an end before a final newline demanded: that this newline follows and ends the text, or that the text has ended. */
  readonly demand: 'nothing' | 'final newline' | 'end'
}

/** By their keys. INVARIANT: two with one number are the same. */
export interface Expectations {
  readonly id: number
  readonly all: ReadonlyMap<string, Expectation>
}

const ids = new WeakMap<Pattern, number>()
let nextId = 0

function keyOf({ patterns, demand }: Expectation): string {
  return `${patterns.map(idOf).join('.')}${demand}`
}

function idOf(pattern: Pattern): number {
  const id = ids.get(pattern) ?? nextId++
  ids.set(pattern, id)
  return id
}

const starts = new WeakMap<Pattern, Expectations>()

export function start(pattern: Pattern): Expectations {
  const expectations = starts.get(pattern) ?? together([{ patterns: [written(pattern)], demand: 'nothing' }])
  starts.set(pattern, expectations)
  return expectations
}

/** Counted repetitions written out, so that only `*` repeats. */
function written(pattern: Pattern): Pattern {
  switch (pattern.kind) {
    case 'repeat':
      return pattern.min === 0 && pattern.max === Number.POSITIVE_INFINITY ? star(pattern) : writtenRepeat(pattern)
    case 'sequence':
    case 'choice':
      return { kind: pattern.kind, of: pattern.of.map(written) }
    case 'group':
      return written(pattern.of)
    case 'look':
      throw new Error('the reference interpreter does not look ahead or behind in strings known only in part')
    default:
      return pattern
  }
}

function star(pattern: Pattern & { kind: 'repeat' }): Pattern {
  return pattern === anything ? anything : { ...pattern, of: written(pattern.of) }
}

function writtenRepeat({ of, min, max }: Pattern & { kind: 'repeat' }): Pattern {
  const once = written(of)
  const least = Array.from({ length: min }, () => once)
  if (max === Number.POSITIVE_INFINITY) return { kind: 'sequence', of: [...least, { kind: 'repeat', of: once, min: 0, max }] }
  let rest: Pattern = { kind: 'sequence', of: [] }
  for (let count = min; count < max; count++)
    rest = {
      kind: 'choice',
      of: [
        { kind: 'sequence', of: [] },
        { kind: 'sequence', of: [once, rest] },
      ],
    }
  return { kind: 'sequence', of: [...least, rest] }
}

function together(expectations: readonly Expectation[]): Expectations {
  // What matches whatever follows makes every other expectation needless.
  const settled = expectations.find(({ patterns, demand }) => demand === 'nothing' && patterns.length === 1 && patterns[0] === anything)
  const all = new Map((settled === undefined ? expectations : [settled]).map(expectation => [keyOf(expectation), expectation]))
  return one([...all.keys()].sort().join(' '), all)
}

/** The same expectations are one object, as long as not too many are known. */
const known = new Map<string, Expectations>()
const MOST_KNOWN = 200_000

function one(key: string, all: ReadonlyMap<string, Expectation>): Expectations {
  const found = known.get(key) ?? { id: nextId++, all }
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, found)
  return found
}

/** A step from the same expectations with the same characters leads to the same ones. */
const steps = new WeakMap<Expectations, Map<number, Expectations>>()

/** What is expected after one more character. */
export function step(expectations: Expectations, previous: number | undefined, point: number): Expectations {
  const fromHere = steps.get(expectations) ?? new Map<number, Expectations>()
  steps.set(expectations, fromHere)
  const how = ((previous ?? -1) + 1) * 0x200000 + point
  const next = fromHere.get(how) ?? together(opened(expectations, previous, point).flatMap(each => consumed(each, point)))
  fromHere.set(how, next)
  return next
}

function consumed({ patterns: [first, ...rest], demand }: Expectation, point: number): readonly Expectation[] {
  if (first?.kind !== 'chars' || demand === 'end' || !has(first.set, point)) return []
  return [{ patterns: rest, demand: demand === 'final newline' ? 'end' : 'nothing' }]
}

/** Whether the text may end here. */
export function matchedAtEnd(expectations: Expectations, previous: number | undefined): boolean {
  return opened(expectations, previous, undefined).some(({ patterns }) => patterns.length === 0)
}

/** Everything up to the next character to be consumed, or to the end of the pattern. `next`: undefined at the text's end. */
function opened(expectations: Expectations, previous: number | undefined, next: number | undefined): readonly Expectation[] {
  const seen = new Map(expectations.all)
  for (const expectation of seen.values()) {
    for (const other of openedOnce(expectation, previous, next)) {
      if (!seen.has(keyOf(other))) seen.set(keyOf(other), other)
    }
  }
  return [...seen.values()]
}

function openedOnce(expectation: Expectation, previous: number | undefined, next: number | undefined): readonly Expectation[] {
  const [first, ...rest] = expectation.patterns
  const go = (...patterns: readonly Pattern[]): Expectation => ({ ...expectation, patterns: [...patterns, ...rest] })
  switch (first?.kind) {
    case 'sequence':
      return [go(...first.of)]
    case 'choice':
      return first.of.map(part => go(part))
    case 'repeat':
      return [go(), go(first.of, first)]
    case 'edge':
      return pastEdge(first, go(), previous, next)
    case 'boundary':
      return isBoundary(first, previous, next) ? [go()] : []
    default:
      return []
  }
}

function pastEdge(edge: Edge, past: Expectation, previous: number | undefined, next: number | undefined): readonly Expectation[] {
  const beside = edge.side === 'start' ? previous : next
  if (beside === undefined || has(edge.breaks, beside)) return [past]
  return edge.beforeFinalNewline && next === NEWLINE && past.demand !== 'end' ? [{ ...past, demand: 'final newline' }] : []
}
