/** From an offset in a text to where it stands in the source, quotes, escapes and folded lines undone. */
import type { Span } from '../source.js'
import type { LocatedScalar } from './located.js'

/** A piece of source and the text that it stands for. */
interface Piece {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The place in the source of `length` UTF-16 units at `offset` of a text. */
export type TextPlaces = (offset: number, length: number) => Span

/** The places in the text of a scalar; the whole scalar where they cannot be told apart. */
export function textPlaces(scalar: LocatedScalar): TextPlaces {
  const { inner, span } = scalar.written
  if (inner !== undefined) return inner
  const text = typeof scalar.data === 'string' ? scalar.data : ''
  const pieces = piecesOf(scalar, text)
  if (pieces.map(piece => piece.text).join('') !== text) return () => scalar.span
  const offsets = offsetsOf(pieces)
  return (offset, length) => {
    const start = placeOf(pieces, offsets, offset, span, false)
    const end = length === 0 ? start : placeOf(pieces, offsets, offset + length - 1, span, true)
    return { source: span.source, start, end: Math.max(start, end) }
  }
}

export function spanInText(scalar: LocatedScalar, offset: number, length: number): Span {
  return textPlaces(scalar)(offset, length)
}

/** Where each piece starts in the text. */
function offsetsOf(pieces: readonly Piece[]): readonly number[] {
  let passed = 0
  return pieces.map(({ text }) => (passed += text.length) - text.length)
}

/** Where the unit at `offset` of the text starts in the source, or ends. Past the end: just behind the last piece. */
function placeOf(pieces: readonly Piece[], offsets: readonly number[], offset: number, span: Span, atEnd: boolean): number {
  const at = lastAtMost(offsets, offset)
  const piece = pieces[at]
  const inPiece = offset - (offsets[at] ?? 0)
  return piece === undefined ? span.start : inPiece < piece.text.length ? within(piece, inPiece, atEnd) : piece.end
}

/** The index of the last of the ascending numbers that is not greater. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0
  let high = numbers.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) <= limit) low = middle
    else high = middle
  }
  return low
}

function within(piece: Piece, offset: number, atEnd: boolean): number {
  const identical = piece.end - piece.start === piece.text.length
  if (identical) return piece.start + offset + (atEnd ? 1 : 0)
  return atEnd ? piece.end : piece.start
}

function piecesOf({ written: { style, span } }: LocatedScalar, text: string): readonly Piece[] {
  switch (style) {
    case 'plain':
      return flowPieces(span, span.start, span.end, noEscapes)
    case 'single':
      return flowPieces(span, span.start + 1, span.end - 1, singleEscape)
    case 'double':
      return flowPieces(span, span.start + 1, span.end - 1, doubleEscape)
    case 'block':
      return blockPieces(span, text)
    default:
      return style satisfies never
  }
}

type Escape = (source: string, at: number) => Piece | undefined

/** Flow scalars: escapes, line breaks folded with the white space around them, and everything else as it is. */
function flowPieces({ source }: Span, start: number, end: number, escape: Escape): readonly Piece[] {
  const pieces: Piece[] = []
  for (let at = start; at < end; ) {
    const piece = escape(source.text, at) ?? foldedBreak(source.text, at, end) ?? plainRun(source.text, at, end)
    pieces.push(piece)
    at = piece.end
  }
  return pieces
}

const PLAIN_RUN = /[^\\'\s]+|./suy

function plainRun(source: string, at: number, end: number): Piece {
  PLAIN_RUN.lastIndex = at
  const text = (PLAIN_RUN.exec(source)?.[0] ?? '').slice(0, end - at)
  return { start: at, end: at + text.length, text }
}

const FOLDED = /[ \t]*\r?\n[ \t\r\n]*/y

/** One line break is a space; of more, each after the first stays. */
function foldedBreak(source: string, at: number, end: number): Piece | undefined {
  FOLDED.lastIndex = at
  const run = FOLDED.exec(source)?.[0].slice(0, end - at)
  if (run === undefined) return undefined
  return { start: at, end: at + run.length, text: foldedText(run) }
}

function foldedText(run: string): string {
  const breaks = run.split('\n').length - 1
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
}

function noEscapes(): undefined {
  return undefined
}

function singleEscape(source: string, at: number): Piece | undefined {
  return source.startsWith("''", at) ? { start: at, end: at + 2, text: "'" } : undefined
}

const SIMPLE_ESCAPES: { readonly [letter: string]: string } = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
}

const CODE_ESCAPE = /x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})/iy
const CONTINUED_LINE = /\\\r?\n[ \t\r\n]*/y

function doubleEscape(source: string, at: number): Piece | undefined {
  if (source[at] !== '\\') return undefined
  const simple = SIMPLE_ESCAPES[source[at + 1] ?? '']
  return simple === undefined ? (codeEscape(source, at) ?? continuedLine(source, at)) : { start: at, end: at + 2, text: simple }
}

function codeEscape(source: string, at: number): Piece | undefined {
  CODE_ESCAPE.lastIndex = at + 1
  const found = CODE_ESCAPE.exec(source)
  if (found === null) return undefined
  const codePoint = Number.parseInt(found[0].slice(1), 16)
  return codePoint > 0x10ffff ? undefined : { start: at, end: CODE_ESCAPE.lastIndex, text: String.fromCodePoint(codePoint) }
}

/** A backslash at the end of a line joins it with the next one; empty lines between them stay. */
function continuedLine(source: string, at: number): Piece | undefined {
  CONTINUED_LINE.lastIndex = at
  const run = CONTINUED_LINE.exec(source)?.[0]
  return run === undefined ? undefined : { start: at, end: at + run.length, text: '\n'.repeat(run.split('\n').length - 2) }
}

/**
 * Block scalars: their words stand in the source as they are, in order; only the white space between words differs. So words are found
 * one after the other, and the white space before each stands for that of the source, its end aligned with the end.
 */
function blockPieces({ source, start, end }: Span, text: string): readonly Piece[] {
  const headerEnd = source.text.indexOf('\n', start)
  let at = headerEnd === -1 ? end : headerEnd
  const pieces: Piece[] = []
  for (const [part, space = '', word = ''] of text.matchAll(/(\s*)(\S*)/gu)) {
    if (part === '') continue
    const wordStart = word === '' ? end : source.text.indexOf(word, skipSpace(source.text, at))
    if (space !== '') pieces.push(...spacePieces(space, at, wordStart))
    pieces.push({ start: wordStart, end: wordStart + word.length, text: word })
    at = wordStart + word.length
  }
  return pieces
}

function spacePieces(space: string, start: number, end: number): readonly Piece[] {
  const kept = Math.min(space.length, end - start)
  const folded = { start, end: end - kept, text: space.slice(0, space.length - kept) }
  return [folded, { start: end - kept, end, text: space.slice(space.length - kept) }].filter(piece => piece.text !== '')
}

function skipSpace(source: string, at: number): number {
  const space = /\s*/y
  space.lastIndex = at
  return at + (space.exec(source)?.[0].length ?? 0)
}
