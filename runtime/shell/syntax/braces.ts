/** Brace expansion (reference manual, 3.5.1): of a word's own text, before anything else in it is expanded. */
import type { Word, WordPart } from './ast.js'

/** How many words one may become. */
const MOST_WORDS = 1024
/** How many pieces all of them may have together, and how many characters the word. */
const MOST_PIECES = 65_536

type Text = WordPart & { readonly kind: 'text' }
type Row = WordPart[]

/** A sign is what it is only where its brace is closed and has alternatives; otherwise it is text. */
type Role = 'open' | 'comma' | 'close' | 'range'

interface Open {
  readonly at: number
  readonly commas: number[]
}

/** An open brace: the rows before it, and those of its alternatives that are complete. */
interface Frame {
  readonly before: Row[]
  readonly alternatives: Row[]
}

/** The words that the braces make of one; undefined where there are too many. */
export function expandBraces(word: Word): readonly Word[] | undefined {
  if (!has(word, '{')) return [word]
  if (word.end - word.start > MOST_PIECES) return undefined
  if (!mayHaveBraces(word)) return [word]
  const pieces = word.parts.flatMap(split)
  const roles = rolesOf(pieces)
  if (roles.size === 0) return [word]
  return expand(pieces, roles)?.flatMap(row => (row.length === 0 ? [] : [{ ...word, parts: joined(row) }]))
}

/** Braces without a comma or two dots between them are text. */
export function mayHaveBraces(word: Word): boolean {
  return has(word, '{') && (has(word, ',') || has(word, '..'))
}

function has({ parts }: Word, text: string): boolean {
  return parts.some(part => isPlain(part) && part.text.includes(text))
}

function isPlain(part: WordPart): part is Text {
  return part.kind === 'text' && !part.quoted
}

/** Plain text with each sign alone. */
function split(part: WordPart): readonly WordPart[] {
  if (!isPlain(part)) return [part]
  const pieces: WordPart[] = []
  let start = 0
  for (let at = 0; at <= part.text.length; at++) {
    const sign = isSign(part.text.charAt(at))
    if (!sign && at < part.text.length) continue
    if (at > start) pieces.push({ ...part, text: part.text.slice(start, at) })
    if (sign) pieces.push({ ...part, text: part.text.charAt(at) })
    start = at + 1
  }
  return pieces
}

function isSign(char: string): boolean {
  return char === '{' || char === ',' || char === '}'
}

function rolesOf(pieces: readonly WordPart[]): ReadonlyMap<number, Role> {
  const roles = new Map<number, Role>()
  const stack: Open[] = []
  for (const [at, piece] of pieces.entries()) {
    const sign = isPlain(piece) ? piece.text : ''
    if (sign === '{') stack.push({ at, commas: [] })
    else if (sign === ',') stack[stack.length - 1]?.commas.push(at)
    else if (sign === '}') assign(roles, pieces, stack.pop(), at)
  }
  return roles
}

function assign(roles: Map<number, Role>, pieces: readonly WordPart[], open: Open | undefined, close: number): void {
  if (open === undefined) return
  if (open.commas.length > 0) {
    roles.set(open.at, 'open').set(close, 'close')
    for (const comma of open.commas) roles.set(comma, 'comma')
  } else if (close === open.at + 2 && rangeOf(pieces[open.at + 1]) !== undefined) roles.set(open.at, 'range')
}

function expand(pieces: readonly WordPart[], roles: ReadonlyMap<number, Role>): readonly Row[] | undefined {
  const stack: Frame[] = []
  let rows: Row[] = [[]]
  let size = 0
  for (let at = 0; at < pieces.length; at++) {
    const role = roles.get(at)
    if (role === undefined) push(rows, pieces[at])
    else if (role === 'open') stack.push({ before: rows, alternatives: [] })
    else if (role === 'range') rows = product(rows, rangeOf(pieces[++at]) ?? [])
    else stack[stack.length - 1]?.alternatives.push(...rows)
    if (role === 'open' || role === 'comma') rows = [[]]
    if (role === 'range') at++
    if (role === 'close') rows = productOf(stack.pop())
    size += role === undefined ? rows.length : sizeOf(rows)
    if (rows.length === 0 || size > MOST_PIECES) return undefined
  }
  return rows
}

function push(rows: readonly Row[], piece: WordPart | undefined): void {
  if (piece !== undefined) for (const row of rows) row.push(piece)
}

function sizeOf(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.length, 0)
}

function productOf(frame: Frame | undefined): Row[] {
  return frame === undefined ? [] : product(frame.before, frame.alternatives)
}

/** Each of the former with each of the latter behind it; none where those would be too many. */
function product(before: readonly Row[], alternatives: readonly Row[]): Row[] {
  if (before.length * alternatives.length > MOST_WORDS) return []
  if (sizeOf(before) * alternatives.length + sizeOf(alternatives) * before.length > MOST_PIECES) return []
  return before.flatMap(row => alternatives.map(alternative => [...row, ...alternative]))
}

/** `1..9`, `a..e`, with `..2` behind it; undefined for other text, and no rows where there are too many. */
function rangeOf(piece: WordPart | undefined): Row[] | undefined {
  if (piece === undefined || !isPlain(piece)) return undefined
  const [first = '', last = '', step = '1', more] = piece.text.split('..')
  if (more !== undefined || !isInteger(step)) return undefined
  const numeric = isInteger(first) && isInteger(last)
  if (!numeric && !(isLetter(first) && isLetter(last))) return undefined
  const width = numeric && (isPadded(first) || isPadded(last)) ? Math.max(first.length, last.length) : 0
  const values = numeric ? count(Number(first), Number(last), Number(step)) : count(first.charCodeAt(0), last.charCodeAt(0), Number(step))
  return values.map(value => [rangePart(piece, numeric ? padded(value, width) : String.fromCharCode(value))])
}

/** What lies between the letters of both cases is no letter, and quoted. */
function rangePart(piece: Text, text: string): WordPart {
  return { ...piece, text, quoted: !isInteger(text) && !isLetter(text) }
}

function count(first: number, last: number, step: number): readonly number[] {
  const by = Math.abs(step) || 1
  const length = Math.floor(Math.abs(last - first) / by) + 1
  if (length > MOST_WORDS) return []
  return Array.from({ length }, (_, i) => (first <= last ? first + i * by : first - i * by))
}

function isInteger(text: string): boolean {
  return /^[-+]?[0-9]{1,15}$/.test(text)
}

function isLetter(text: string): boolean {
  return /^[a-zA-Z]$/.test(text)
}

function isPadded(text: string): boolean {
  return /^[-+]?0[0-9]/.test(text)
}

function padded(value: number, width: number): string {
  const sign = value < 0 ? '-' : ''
  return sign + String(Math.abs(value)).padStart(width - sign.length, '0')
}

/** Plain text in one part again. */
function joined(row: Row): Row {
  const parts: Row = []
  for (const part of row) {
    const last = parts[parts.length - 1]
    if (last !== undefined && isPlain(last) && isPlain(part))
      parts[parts.length - 1] = { ...last, text: last.text + part.text, end: part.end }
    else parts.push(part)
  }
  return parts
}
