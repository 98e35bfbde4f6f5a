/** A line of a source with a caret under what is meant. */
import { lineStarts, positionOf, type Span } from '../source.js'
import { printable } from './quoted.js'
import { type Glyph, glyphsOf } from './text-width.js'

export interface CodeFrame {
  readonly lineNumber: number
  readonly line: string
  /** Spaces, then carets. */
  readonly underline: string
}

const FRAME_COLUMNS = 100
/** How much of a long line is shown before the caret. */
const CONTEXT_COLUMNS = 40
/** Longer lines are not divided into glyphs as a whole: more than a frame can show, whatever they hold. */
const WINDOW_UNITS = 400

/** The first line of the span; undefined where the source has no text to show. */
export function codeFrame(span: Span): CodeFrame | undefined {
  if (span.source.text === '') return undefined
  const { line: lineNumber } = positionOf(span.source, span.start)
  const starts = lineStarts(span.source)
  const start = starts[lineNumber - 1] ?? 0
  const text = span.source.text.slice(start, starts[lineNumber] ?? span.source.text.length).replace(/\r?\n$/, '')
  return { lineNumber, ...drawn(text, Math.min(span.start - start, text.length), Math.min(span.end - start, text.length)) }
}

interface Cell {
  readonly text: string
  readonly columns: number
  readonly marked: boolean
}

function drawn(text: string, from: number, to: number): Pick<CodeFrame, 'line' | 'underline'> {
  const first = Math.max(0, from - WINDOW_UNITS)
  const window = text.slice(first, from + WINDOW_UNITS)
  const cells = glyphsOf(window).map(glyph => cellOf(glyph, from - first, to - first))
  return laidOut(cut(cells, first > 0, first + window.length < text.length))
}

/** A span of nothing marks the glyph that it stands before. */
function cellOf(glyph: Glyph, from: number, to: number): Cell {
  const marked = glyph.offset + glyph.text.length > from && glyph.offset < Math.max(to, from + 1)
  // A tab would be as wide as the terminal likes, and control characters could do anything.
  if (glyph.text === '\t') return { text: '  ', columns: 2, marked }
  const text = printable(glyph.text)
  return { text, columns: text === glyph.text ? glyph.columns : text.length, marked }
}

/** At most as many columns as a frame has, around the first marked cell. */
function cut(cells: readonly Cell[], cutBefore: boolean, cutAfter: boolean): readonly Cell[] {
  const marked = cells.findIndex(cell => cell.marked)
  const first = marked === -1 ? cells.length : marked
  const start = columnsOf(cells) <= FRAME_COLUMNS ? 0 : back(cells, first)
  const end = forth(cells, start)
  const ellipsis: Cell = { text: '…', columns: 1, marked: false }
  return [...(cutBefore || start > 0 ? [ellipsis] : []), ...cells.slice(start, end), ...(cutAfter || end < cells.length ? [ellipsis] : [])]
}

function columnsOf(cells: readonly Cell[]): number {
  return cells.reduce((columns, cell) => columns + cell.columns, 0)
}

function back(cells: readonly Cell[], from: number): number {
  let columns = 0
  let start = from
  while (start > 0 && columns < CONTEXT_COLUMNS) columns += cells[--start]?.columns ?? 0
  return start
}

function forth(cells: readonly Cell[], start: number): number {
  let columns = 0
  let end = start
  while (end < cells.length && columns < FRAME_COLUMNS) columns += cells[end++]?.columns ?? 0
  return end
}

function laidOut(cells: readonly Cell[]): Pick<CodeFrame, 'line' | 'underline'> {
  const line = cells.map(cell => cell.text).join('')
  const marked = cells.findIndex(cell => cell.marked)
  // Behind the last character: what is meant is missing there.
  if (marked === -1) return { line, underline: `${' '.repeat(columnsOf(cells))}^` }
  const before = columnsOf(cells.slice(0, marked))
  return { line, underline: ' '.repeat(before) + '^'.repeat(Math.max(1, columnsOf(cells.filter(cell => cell.marked)))) }
}
