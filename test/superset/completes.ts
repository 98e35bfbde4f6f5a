/** Whether a text, or a list of arguments, is one that a text known in part may turn out to be. */
import type { Hole } from '../../runtime/decide/abstract-string.js'
import type { Text } from '../../runtime/shell/analysis.js'
import { partsOf } from '../../runtime/shell/text.js'

/** One unit of a pattern: a character, or a hole that takes none or many. */
type Unit = string | Hole

function unitsOf(text: Text): readonly Unit[] {
  return partsOf(text).flatMap<Unit>(part => (typeof part === 'string' ? [...part] : [part]))
}

/** Whether the hole may take this character where `before` is what it took last; undefined at its start. */
function takes({ hole }: Hole, char: string, first: boolean): boolean {
  if (hole === 'any') return true
  if (hole === 'below') return !first || char === '/'
  return char !== '/'
}

/** Whether some completion of `text` is `found`: a set of positions in the pattern, character by character. */
export function completes(text: Text, found: string): boolean {
  if (typeof text === 'string') return text === found
  const units = unitsOf(text)
  let places = closed(units, new Set([0]))
  for (const char of found) places = closed(units, stepped(units, places, char))
  return places.has(units.length * 2)
}

/** Place `2i` is before unit `i`, `2i + 1` within it: a hole that has taken something. */
function stepped(units: readonly Unit[], places: ReadonlySet<number>, char: string): Set<number> {
  const next = new Set<number>()
  for (const place of places) {
    const unit = units[place >> 1]
    if (unit === undefined) continue
    if (typeof unit === 'string') {
      if (unit === char) next.add(place + 2)
    } else if (takes(unit, char, place % 2 === 0)) next.add(unit.hole === 'char' ? (place | 1) + 1 : place | 1)
  }
  return next
}

/** A hole may end where it stands, one for a single character apart. */
function closed(units: readonly Unit[], places: Set<number>): Set<number> {
  for (const place of places) {
    const unit = units[place >> 1]
    if (typeof unit === 'object' && unit.hole !== 'char') places.add((place | 1) + 1)
  }
  return places
}

/**
 * Whether the arguments may be these. A word with a hole may be several arguments that complete it, as a glob is; with `open`, a word of
 * which nothing is known is any number of arguments, one with such a hole in it is split there, and more may follow.
 * @param cut there were more arguments than were recorded
 */
export function completesAll(words: readonly Text[], open: boolean, found: readonly string[], cut = false): boolean {
  let counts = new Set([0])
  for (const word of words) {
    counts = afterWord(word, open, found, counts)
    if (cut && counts.has(found.length)) return true
  }
  return open ? counts.size > 0 : counts.has(found.length)
}

/** How many arguments may be behind, once this word is. */
function afterWord(word: Text, open: boolean, found: readonly string[], counts: ReadonlySet<number>): Set<number> {
  const after = new Set<number>()
  for (const count of counts) {
    if (open && typeof word !== 'string') after.add(count)
    for (let at = count; at < found.length && completes(word, found[at] ?? ''); at++) {
      after.add(at + 1)
      if (typeof word === 'string') break
    }
    if (open && isSplit(word))
      for (let end = count + 2; end <= found.length; end++) if (completes(word, found.slice(count, end).join(' '))) after.add(end)
  }
  return after
}

function isSplit(word: Text): boolean {
  const parts = partsOf(word)
  return parts.length > 1 && parts.some(part => typeof part !== 'string' && part.hole === 'any')
}
