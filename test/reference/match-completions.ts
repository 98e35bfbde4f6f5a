/**
 * Matching a string known only in part: does some completion match, and does some completion fail? Both are questions of
 * what can be reached by spelling completions character by character and keeping, for each, everything that the pattern may
 * still expect. One character stands for all that the pattern cannot tell apart.
 */
import type { AbstractString, Part } from '../../runtime/decide/abstract-string.js'
import { alphabetOf } from './alphabet.js'
import { charsOf, codePoints, has } from './char-set.js'
import { type Expectations, matchedAtEnd, start, step } from './expectations.js'
import { notSlash, type Pattern } from './pattern.js'
import type { Truth } from './truth.js'

/** One thing after the other: a known character or a hole. */
type Item = number | Exclude<Part, string>

/** How far a completion is spelled. */
interface Spelled {
  /** The items before this one are done. */
  readonly item: number
  /** Within a `below` or `visible` hole: whether a name must go on, may go on, or may begin. */
  readonly name: 'none' | 'begun' | 'going on'
  /** Kept only where the pattern looks back at it. */
  readonly previous: number | undefined
  readonly expectations: Expectations
}

/** What of a pattern is the same for all texts. */
interface Reading {
  readonly alphabet: readonly number[]
  readonly nameChars: readonly number[]
  /** Those that a visible name may begin with. */
  readonly firstChars: readonly number[]
  readonly looksBack: boolean
}

const SLASH = 0x2f
const DOT = 0x2e
const MOST_STATES = 100_000

export function matchCompletions(pattern: Pattern, subject: AbstractString): Truth {
  const items = subject.parts.flatMap((part): readonly Item[] => (typeof part === 'string' ? codePoints(part) : [part]))
  const answers = new Set<boolean>()
  for (const spelled of reachable(items, readingOf(pattern), start(pattern))) {
    if (spelled.item === items.length) answers.add(matchedAtEnd(spelled.expectations, spelled.previous))
    if (answers.size === 2) return 'unknown'
  }
  return answers.has(true) ? 'true' : 'false'
}

const readings = new WeakMap<Pattern, Reading>()

function readingOf(pattern: Pattern): Reading {
  const known = readings.get(pattern) ?? newReading(pattern)
  readings.set(pattern, known)
  return known
}

function newReading(pattern: Pattern): Reading {
  const alphabet = alphabetOf(pattern, [charsOf('/'), charsOf('.'), charsOf('\n')])
  const nameChars = alphabet.filter(point => has(notSlash, point))
  return { alphabet, nameChars, firstChars: nameChars.filter(point => point !== DOT), looksBack: looksBack(pattern) }
}

function looksBack(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'chars':
      return false
    case 'sequence':
    case 'choice':
      return pattern.of.some(looksBack)
    case 'repeat':
    case 'group':
      return looksBack(pattern.of)
    case 'edge':
    case 'boundary':
    case 'look':
    case 'reference':
    case 'atomic':
    case 'conditional':
      return true
    default:
      return pattern satisfies never
  }
}

function* reachable(items: readonly Item[], reading: Reading, expectations: Expectations): Generator<Spelled> {
  const first: Spelled = { item: 0, name: 'none', previous: undefined, expectations }
  const seen = new Map([[keyOf(first), first]])
  // A map grows while it is walked, so this visits what it adds.
  for (const spelled of seen.values()) {
    yield spelled
    for (const next of after(spelled, items, reading)) seen.set(keyOf(next), next)
    if (seen.size > MOST_STATES) throw new Error('this pattern has too many states for the reference interpreter')
  }
}

function keyOf({ item, name, previous, expectations }: Spelled): string {
  return `${item} ${name} ${previous} ${expectations.id}`
}

function after(spelled: Spelled, items: readonly Item[], reading: Reading): readonly Spelled[] {
  const item = items[spelled.item]
  if (item === undefined) return []
  const done: Spelled = { ...spelled, item: spelled.item + 1, name: 'none' }
  const each = (points: readonly number[], from: Spelled) => points.map(point => spell(from, point, reading))
  if (typeof item === 'number') return each([item], done)
  switch (item.hole) {
    case 'any':
      return [done, ...each(reading.alphabet, spelled)]
    case 'segment':
      return [done, ...each(reading.nameChars, spelled)]
    case 'char':
      return each(reading.nameChars, done)
    case 'visible':
      return [
        ...(spelled.name === 'none' ? [] : [done]),
        ...each(spelled.name === 'none' ? reading.firstChars : reading.nameChars, { ...spelled, name: 'going on' }),
      ]
    case 'below':
      return [...(spelled.name === 'begun' ? [] : [done]), ...belowNext(spelled, reading)]
    default:
      return item.hole satisfies never
  }
}

/** Zero or more of `/` and a name. */
function belowNext(spelled: Spelled, reading: Reading): readonly Spelled[] {
  const goingOn: Spelled = { ...spelled, name: 'going on' }
  const names = spelled.name === 'none' ? [] : reading.nameChars.map(point => spell(goingOn, point, reading))
  return spelled.name === 'begun' ? names : [...names, spell({ ...spelled, name: 'begun' }, SLASH, reading)]
}

function spell({ item, name, previous, expectations }: Spelled, point: number, { looksBack }: Reading): Spelled {
  return { item, name, previous: looksBack ? point : undefined, expectations: step(expectations, previous, point) }
}
