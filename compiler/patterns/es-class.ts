/** Bracket classes of ECMAScript with the flag `u`. */
import { type CharSet, charRange, complement, singleChar, unionOf } from './char-set.js'
import { esVariants, readEsCharEscape, takeSetEscape } from './es-escapes.js'
import type { EsFlags } from './es-flags.js'
import type { PatternScanner } from './pattern-scanner.js'

/** Reads a class after its `[`, which stands at `start`. An empty one holds nothing, and `[^]` everything. */
export function readEsClass(scanner: PatternScanner, flags: EsFlags, start: number): CharSet {
  const negated = scanner.match('^')
  const members: CharSet[] = []
  while (!scanner.match(']')) members.push(readMember(scanner, flags, start))
  const widened = esVariants(unionOf(members), flags)
  return negated ? complement(widened) : widened
}

/** One end of a range, or a set that cannot be one. */
type Atom = { readonly kind: 'char'; readonly codePoint: number } | { readonly kind: 'set'; readonly set: CharSet }

function readMember(scanner: PatternScanner, flags: EsFlags, classStart: number): CharSet {
  const start = scanner.at
  const from = readAtom(scanner, flags, classStart)
  const beforeHyphen = scanner.at
  if (!scanner.match('-')) return setOfAtom(from)
  // A hyphen before the closing bracket is itself: the next round reads it.
  if (scanner.peek() === ']') {
    scanner.rewind(beforeHyphen)
    return setOfAtom(from)
  }
  const to = readAtom(scanner, flags, classStart)
  const text = scanner.text.slice(start, scanner.at)
  if (from.kind === 'set' || to.kind === 'set')
    scanner.reject(`\`${text}\` is no range: both ends must be characters`, start, 'write `\\-`')
  if (to.codePoint < from.codePoint) scanner.reject(`the range \`${text}\` is the wrong way round`, start)
  return charRange(from.codePoint, to.codePoint)
}

function readAtom(scanner: PatternScanner, flags: EsFlags, classStart: number): Atom {
  if (scanner.done) rejectOpen(scanner, classStart)
  const start = scanner.at
  const char = scanner.take()
  if (char !== '\\') return { kind: 'char', codePoint: char.codePointAt(0) ?? 0 }
  const set = takeSetEscape(scanner, flags, start)
  return set === undefined ? { kind: 'char', codePoint: readEsCharEscape(scanner, start, true) } : { kind: 'set', set }
}

function rejectOpen(scanner: PatternScanner, classStart: number): never {
  scanner.rewind(classStart + 1)
  scanner.reject('this `[` is not closed', classStart, 'write `\\[` for the character itself, `\\]` for a bracket within a class')
}

function setOfAtom(atom: Atom): CharSet {
  return atom.kind === 'set' ? atom.set : singleChar(atom.codePoint)
}
