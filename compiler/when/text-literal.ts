/** A text in quotes → what it stands for. */
import type { ExpressionProblem, Range, TextLiteral, TextPiece } from './expression.js'

const ESCAPES: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', "'": "'", '/': '/' }
const CODE_ESCAPE = /u(?:([\da-f]{4})|\{([\da-f]{1,6})\})/iy

/** `r"…"`: every character as it is. */
export function rawText(image: string, range: Range): TextLiteral {
  return verbatim(image.slice(2, -1), range, range.start + 2)
}

/** A text whose quote is never closed, or that is none, as far as it can be guessed. */
export function guessedText(text: string, range: Range): TextLiteral {
  return verbatim(text, range, range.start)
}

function verbatim(value: string, range: Range, start: number): TextLiteral {
  return { kind: 'text', value, ...range, pieces: value === '' ? [] : [{ start, end: start + value.length, text: value }] }
}

/** @param image with its quotes */
export function quotedText(image: string, range: Range, report: (problem: ExpressionProblem) => void): TextLiteral {
  const pieces: TextPiece[] = []
  for (let at = 1; at < image.length - 1; ) {
    const piece = pieceAt(image, at)
    pieces.push({ start: range.start + piece.start, end: range.start + piece.end, text: piece.text })
    if (piece.isUnknown === true) report(badEscape(image.slice(at, piece.end), range.start + at))
    at = piece.end
  }
  return { kind: 'text', value: pieces.map(({ text }) => text).join(''), ...range, pieces }
}

interface ReadPiece extends TextPiece {
  readonly isUnknown?: true
}

const ORDINARY = /[^\\]+/y

function pieceAt(image: string, at: number): ReadPiece {
  if (image[at] === '\\') return escapeAt(image, at)
  ORDINARY.lastIndex = at
  // The closing quote is the last character.
  const text = (ORDINARY.exec(image)?.[0] ?? '').slice(0, image.length - 1 - at)
  return { start: at, end: at + text.length, text }
}

function escapeAt(image: string, at: number): ReadPiece {
  const letter = image[at + 1] ?? ''
  const simple = ESCAPES[letter]
  if (simple !== undefined) return { start: at, end: at + 2, text: simple }
  CODE_ESCAPE.lastIndex = at + 1
  const found = CODE_ESCAPE.exec(image)
  const codePoint = found === null ? Number.NaN : Number.parseInt(found[1] ?? found[2] ?? '', 16)
  if (codePoint <= 0x10ffff) return { start: at, end: CODE_ESCAPE.lastIndex, text: String.fromCodePoint(codePoint) }
  return { start: at, end: at + 1 + charAt(image, at + 1).length, text: '', isUnknown: true }
}

function charAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0)
}

function badEscape(escape: string, start: number): ExpressionProblem {
  const message = `unknown escape \`${escape}\` in quotes`
  const help = 'write `\\\\` for a backslash, or a raw text: `r"…"`'
  return { code: 'when-syntax', start, end: start + escape.length, message, help }
}

/** The place in the expression of `length` units at `offset` of a text; past its end: where its closing quote stands. */
export function placeInText({ pieces, end: closed }: TextLiteral, offset: number, length: number): Range {
  const start = pointOf(pieces, offset, closed, false)
  return { start, end: length === 0 ? start : Math.max(start, pointOf(pieces, offset + length - 1, closed, true)) }
}

function pointOf(pieces: readonly TextPiece[], offset: number, closed: number, atEnd: boolean): number {
  let passed = 0
  for (const { start, end, text } of pieces) {
    if (offset >= passed + text.length) passed += text.length
    else if (end - start === text.length) return start + offset - passed + (atEnd ? 1 : 0)
    else return atEnd ? end : start
  }
  return pieces.at(-1)?.end ?? closed - 1
}
