/** Assignments before a command and, of arrays, among the arguments of `declare` and its kind (reference manual, 3.4 and 6.7). */
import type { ArrayLiteral, Assignment, Word, WordPart } from './ast.js'
import { BRACKET, CLOSE, CLOSE_BRACKET, endsWord, EQUALS, OPEN, PLUS, SUBSCRIPT, WORD } from './characters.js'
import type { Scanner } from './scanner.js'

interface Target {
  readonly name: string
  readonly append: boolean
  readonly subscript: Word | undefined
}

/** The assignment that stands here, or a word that begins like one: `a[1]b`. */
export function readAssignment(s: Scanner): Assignment | Word {
  const start = s.at
  const target = readTarget(s)
  if ('kind' in target) return target
  const { name, append, subscript } = target
  const value = s.code() === OPEN ? readArrayValue(s) : s.grammar.word(s, WORD)
  const span = { start: s.start(start), end: s.finish() }
  return subscript === undefined ? { name, append, value, ...span } : { name, append, subscript, value, ...span }
}

/** An array assignment, `name=(…)`, if one stands here. */
export function readArrayAssignment(s: Scanner): Assignment | Word | undefined {
  const { at } = s
  s.readName()
  if (s.code() === PLUS) s.at++
  const found = s.code() === EQUALS && s.next() === OPEN
  s.at = at
  return found ? readAssignment(s) : undefined
}

function readTarget(s: Scanner): Target | Word {
  const start = s.at
  const name = s.readName()
  s.skipContinuations()
  const subscript = s.code() === BRACKET ? readSubscript(s) : undefined
  const append = s.code() === PLUS && s.next() === EQUALS
  if (append) s.at++
  if (s.code() !== EQUALS && subscript !== undefined) return notAssigned(s, start, `${name}[`, subscript)
  s.at++
  return { name, append, subscript }
}

/** `[…]`, whose blanks and operators are text. */
function readSubscript(s: Scanner): Word {
  s.at++
  const word = s.grammar.word(s, SUBSCRIPT)
  s.expect(CLOSE_BRACKET)
  return word
}

/** The word that went on behind the bracket: its subscript is text like the rest. */
function notAssigned(s: Scanner, start: number, before: string, subscript: Word): Word {
  const parts = [s.textPart(before, false, start), ...subscript.parts, s.textPart(']', false, s.at - 1)]
  return s.grammar.rest(s, WORD, start, parts)
}

/** `(…)` is an array where the word ends behind it; otherwise it is text. */
function readArrayValue(s: Scanner): ArrayLiteral | Word {
  const start = s.at
  const array = readArray(s)
  return endsWord(s.code()) || s.code() === -1 ? array : s.grammar.rest(s, WORD, start, arrayText('', array))
}

/** What a command gets that takes the array for text. */
export function arrayText(before: string, { elements, start, end }: ArrayLiteral): WordPart[] {
  const text = (written: string): WordPart => ({ kind: 'text', text: written, quoted: true, start, end })
  const parts = elements.flatMap(({ subscript, value }, i) => [
    ...(i === 0 ? [] : [text(' ')]),
    ...(subscript === undefined ? [] : [text('['), ...subscript.parts, text(']=')]),
    ...value.parts,
  ])
  return [text(`${before}(`), ...parts, text(')')]
}

function readArray(s: Scanner): ArrayLiteral {
  const start = s.at++
  const elements: ArrayLiteral['elements'][number][] = []
  if (s.enter()) {
    while (s.skipNewlines() !== CLOSE && s.code() !== -1) elements.push(readElement(s))
    s.leave()
  }
  s.expect(CLOSE)
  return { kind: 'array', elements, start: s.start(start), end: s.finish() }
}

function readElement(s: Scanner): ArrayLiteral['elements'][number] {
  const start = s.at
  if (s.code() === BRACKET) return readPlacedElement(s, start)
  const value = s.grammar.word(s, WORD)
  if (s.at === start) s.fail('expected a word in the array')
  return { value }
}

/** `[subscript]=value`. */
function readPlacedElement(s: Scanner, start: number): ArrayLiteral['elements'][number] {
  const subscript = readSubscript(s)
  const append = s.code() === PLUS && s.next() === EQUALS
  if (append) s.at++
  if (s.code() !== EQUALS) return { value: notAssigned(s, start, '[', subscript) }
  s.at++
  return { subscript, ...(append && { append }), value: s.grammar.word(s, WORD) }
}
