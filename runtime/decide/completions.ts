/** Running an automaton of the table over all completions of a text known in part. */
import type { AbstractString } from './abstract-string.js'
import { FALSE, type Kleene } from './kleene.js'
import { type SameChar, type StateSet, stateSets } from './state-sets.js'
import type { Table, TableAutomaton } from './table.js'

/** Equal as written: how a prefix is compared where letter case counts. */
export function sameChar(a: string, b: string): boolean {
  return a === b
}

/**
 * The value of "`prefix` and then what the automaton accepts" on a string known in part: exact, by carrying the set of all
 * states that some completion reaches.
 * @param prefix text that must come first, e.g. the home folder before the rest of a path pattern
 * @param same how a character of the prefix is compared
 */
export function completions(table: Table, automaton: TableAutomaton, subject: AbstractString, prefix = '', same = sameChar): Kleene {
  const [first] = subject.parts
  const rest = prefix === '' || typeof first !== 'string' ? undefined : afterPrefix(first, prefix, same)
  if (rest === null) return FALSE
  const sets = stateSets(table, automaton, rest === undefined ? prefix : '', same)
  let set: StateSet = rest === undefined ? sets.start : sets.overText(sets.start, rest)
  for (let i = rest === undefined ? 0 : 1; i < subject.parts.length; i++) {
    const part = subject.parts[i] as AbstractString['parts'][number] // in bounds
    set = typeof part === 'string' ? sets.overText(set, part) : sets.overHole(set, part.hole)
  }
  return set.value
}

/** What follows the prefix where the text begins with all of it; null where it begins with something else; undefined where it is too short to tell. */
function afterPrefix(text: string, prefix: string, same: SameChar): string | null | undefined {
  if (same === sameChar && text.startsWith(prefix) && !splitsPair(text, prefix.length)) return text.slice(prefix.length)
  const chars = [...text]
  const expected = [...prefix]
  const shared = Math.min(chars.length, expected.length)
  for (let i = 0; i < shared; i++) if (!same(chars[i] as string, expected[i] as string)) return null // in bounds
  return shared < expected.length ? undefined : chars.slice(shared).join('')
}

/** Whether the offset is in the middle of a surrogate pair, which is one character. */
function splitsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff
}
