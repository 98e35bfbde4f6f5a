/** The expression of `find`: its predicates, each with the words that it takes (findutils' manual; what BSD's takes is among them). */
import type { Text } from '../analysis.js'

export interface Predicate {
  readonly name: Text
  readonly values: readonly Text[]
}

const OF_ONE = new Set(
  (
    'amin anewer atime cmin cnewer context ctime files0-from fls fprint fprint0 fstype gid group ilname iname inum ipath iregex iwholename ' +
    'links lname maxdepth mindepth mmin mtime name newer path perm printf regex regextype samefile size type uid used user wholename xtype'
  ).split(' '),
)
const COMMANDS = ['-exec', '-execdir', '-ok', '-okdir']

/** A word that is not known stands for itself: what may be its value is read as a predicate. */
export function predicatesOf(words: readonly Text[]): readonly Predicate[] {
  const predicates: Predicate[] = []
  for (let at = 0; at < words.length; ) {
    const name = words[at++] as Text // in bounds
    const values = words.slice(at, at + valueCount(name, words, at))
    predicates.push({ name, values })
    at += values.length
  }
  return predicates
}

/** @param at where its values begin */
function valueCount(name: Text, words: readonly Text[], at: number): number {
  if (typeof name !== 'string') return 0
  if (COMMANDS.includes(name)) return commandLength(words, at) + 1
  if (name === '-fprintf') return 2
  return name.startsWith('-') && (OF_ONE.has(name.slice(1)) || /^-newer[aBcm][aBcmt]$/.test(name)) ? 1 : 0
}

/** How many words there are up to `;` or `{} +`. */
export function commandLength(words: readonly Text[], from: number): number {
  let at = from
  while (at < words.length && words[at] !== ';' && !(words[at] === '+' && words[at - 1] === '{}')) at++
  return at - from
}
