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
  /** Within a `below` hole: whether a name must go on, may go on, or may begin. */
  readonly name: 'none' | 'begun' | 'going on'
  readonly previous: number | undefined
  readonly expectations: Expectations
}

const SLASH = 0x2f
const MOST_STATES = 100_000

export function matchCompletions(pattern: Pattern, subject: AbstractString): Truth {
  const items = subject.parts.flatMap((part): readonly Item[] => (typeof part === 'string' ? codePoints(part) : [part]))
  const alphabet = alphabetFor(pattern)
  const answers = new Set<boolean>()
  for (const spelled of reachable(items, alphabet, start(pattern))) {
    if (spelled.item === items.length) answers.add(matchedAtEnd(spelled.expectations, spelled.previous))
    if (answers.size === 2) return 'unknown'
  }
  return answers.has(true) ? 'true' : 'false'
}

const alphabets = new WeakMap<Pattern, readonly number[]>()

function alphabetFor(pattern: Pattern): readonly number[] {
  const known = alphabets.get(pattern) ?? alphabetOf(pattern, [charsOf('/'), charsOf('\n')])
  alphabets.set(pattern, known)
  return known
}

function* reachable(items: readonly Item[], alphabet: readonly number[], expectations: Expectations): Generator<Spelled> {
  const first: Spelled = { item: 0, name: 'none', previous: undefined, expectations }
  const seen = new Map([[keyOf(first), first]])
  // A map grows while it is walked, so this visits what it adds.
  for (const spelled of seen.values()) {
    yield spelled
    for (const next of after(spelled, items, alphabet)) seen.set(keyOf(next), next)
    if (seen.size > MOST_STATES) throw new Error('this pattern has too many states for the reference interpreter')
  }
}

function keyOf({ item, name, previous, expectations }: Spelled): string {
  return `${item} ${name} ${previous} ${expectations.key}`
}

function after(spelled: Spelled, items: readonly Item[], alphabet: readonly number[]): readonly Spelled[] {
  const item = items[spelled.item]
  if (item === undefined) return []
  const done: Spelled = { ...spelled, item: spelled.item + 1, name: 'none' }
  const nameChars = alphabet.filter(point => has(notSlash, point))
  if (typeof item === 'number') return [spell(done, item)]
  switch (item.hole) {
    case 'any':
      return [done, ...alphabet.map(point => spell(spelled, point))]
    case 'segment':
      return [done, ...nameChars.map(point => spell(spelled, point))]
    case 'char':
      return nameChars.map(point => spell(done, point))
    case 'below':
      return [...(spelled.name === 'begun' ? [] : [done]), ...belowNext(spelled, nameChars)]
    default:
      return item.hole satisfies never
  }
}

/** Zero or more of `/` and a name. */
function belowNext(spelled: Spelled, nameChars: readonly number[]): readonly Spelled[] {
  const names = spelled.name === 'none' ? [] : nameChars.map(point => spell({ ...spelled, name: 'going on' }, point))
  return spelled.name === 'begun' ? names : [...names, spell({ ...spelled, name: 'begun' }, SLASH)]
}

function spell(spelled: Spelled, point: number): Spelled {
  return { ...spelled, previous: point, expectations: step(spelled.expectations, spelled.previous, point) }
}
