/** Bracket classes and case in Python's `re`. */
import { type CharSet, charRange, charRanges, complement, hasChar, intersection, singleChar, union, unionOf } from './char-set.js'
import type { PatternScanner } from './pattern-scanner.js'
import { classEscape, readCharEscape } from './python-escapes.js'
import type { PythonFlags } from './python-flags.js'
import { closeOverCase } from './unicode/case-folding.js'

/** Reads a class after its `[`, which stands at `start`. A `]` in the first place is a member. */
export function readPythonClass(scanner: PatternScanner, flags: PythonFlags, start: number): CharSet {
  const negated = scanner.match('^')
  const members: CharSet[] = []
  while (members.length === 0 || !scanner.match(']')) members.push(readMember(scanner, flags, start))
  const widened = pythonVariants(unionOf(members), flags)
  return negated ? complement(widened) : widened
}

/** One end of a range, or a set that cannot be one. */
type Atom = { readonly kind: 'char'; readonly codePoint: number } | { readonly kind: 'set'; readonly set: CharSet }

function readMember(scanner: PatternScanner, flags: PythonFlags, classStart: number): CharSet {
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
  const text = () => scanner.text.slice(start, scanner.at)
  if (from.kind === 'set' || to.kind === 'set')
    scanner.reject(`\`${text()}\` is no range: both ends must be characters`, start, 'write `\\-`')
  if (to.codePoint < from.codePoint) scanner.reject(`the range \`${text()}\` is the wrong way round`, start)
  return charRange(from.codePoint, to.codePoint)
}

function readAtom(scanner: PatternScanner, flags: PythonFlags, classStart: number): Atom {
  if (scanner.done) rejectOpen(scanner, classStart)
  const start = scanner.at
  const char = scanner.take()
  if (char !== '\\') return { kind: 'char', codePoint: char.codePointAt(0) ?? 0 }
  const set = classEscape(scanner.peek(), flags)
  if (set === undefined) return { kind: 'char', codePoint: readCharEscape(scanner, start, true) }
  scanner.take()
  return { kind: 'set', set }
}

function rejectOpen(scanner: PatternScanner, classStart: number): never {
  scanner.rewind(classStart + 1)
  const help = 'write `\\[` for the character itself; a `]` in the first place is a member of the class'
  scanner.reject('this `[` is not closed', classStart, help)
}

function setOfAtom(atom: Atom): CharSet {
  return atom.kind === 'set' ? atom.set : singleChar(atom.codePoint)
}

/**
 * The set, with every case of its members under the flag `i`. Python goes by lower case and knows the letters I of Turkish as cases of
 * `i`; otherwise that is the same as simple folding.
 */
export function pythonVariants(set: CharSet, flags: PythonFlags): CharSet {
  if (!flags.ignoreCase) return set
  if (flags.ascii) return closeOverAsciiCase(set)
  const closed = closeOverCase(set)
  return lettersI.some(letter => hasChar(closed, letter)) ? union(closed, allLettersI) : closed
}

const lettersI = [0x49, 0x69, 0x130, 0x131]
const allLettersI = charRanges(lettersI.map(letter => [letter, letter] as const))

const asciiUpper = charRange(0x41, 0x5a)
const asciiLower = charRange(0x61, 0x7a)
const caseDistance = 0x20

function closeOverAsciiCase(set: CharSet): CharSet {
  const lowered = intersection(set, asciiUpper).map(flip => flip + caseDistance)
  const raised = intersection(set, asciiLower).map(flip => flip - caseDistance)
  return union(set, union(lowered, raised))
}
