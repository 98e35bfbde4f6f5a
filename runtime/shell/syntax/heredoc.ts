/** Here-documents: their delimiters, and their bodies, which begin after the next newline (reference manual, 3.6.6). */
import type { Word } from './ast.js'
import { BACKSLASH, BODY, CLOSE, NEWLINE, TAB } from './characters.js'
import type { PendingBody, Scanner } from './scanner.js'

/** The delimiter is its word without quotes; nothing in it is expanded. */
export function delimiterOf(s: Scanner, word: Word, start: number): { readonly delimiter: string; readonly quoted: boolean } {
  const quoted = word.parts.some(part => part.kind === 'text' && part.quoted)
  if (word.parts.every(part => part.kind === 'text'))
    return { delimiter: word.parts.map(part => (part.kind === 'text' ? part.text : '')).join(''), quoted }
  return {
    delimiter: s.text
      .slice(start, s.at)
      .replace(/\\\n/g, '')
      .replace(/["'\\]/g, ''),
    quoted,
  }
}

/** Behind a newline: the bodies of all here-documents that wait for theirs, in order. */
export function readBodies(s: Scanner): void {
  const { pending } = s
  s.pending = []
  for (const body of pending) body.fill(readBody(s, body))
}

function readBody(s: Scanner, body: PendingBody): Word {
  const start = s.at
  const end = isUnended(s, body) ? s.end : skipBody(s, body)
  const next = Math.max(s.at, end)
  const word = bodyWord(s, body, start, end)
  s.at = next
  return word
}

/** Steps over the body and the line of its delimiter. @returns where the body ends */
function skipBody(s: Scanner, body: PendingBody): number {
  const key = keyOf(s, body)
  while (s.at < s.end) {
    const line = s.at
    const end = lineEnd(s.text, line, s.end, body.expands)
    const found = delimiterIn(s, body, line, end)
    if (found !== -1) {
      s.at = found === end && end < s.end ? end + 1 : found
      return line
    }
    s.at = Math.min(end + 1, s.end)
  }
  s.unended = (s.unended ?? new Set()).add(key)
  return s.end
}

/**
 * Whether a search for the same delimiter has come to the end before. A line that a backslash joins to the one ahead of it was none
 * in that search.
 */
function isUnended(s: Scanner, body: PendingBody): boolean {
  return s.unended !== undefined && s.unended.has(keyOf(s, body)) && s.text.charCodeAt(s.at - 2) !== BACKSLASH
}

function keyOf(s: Scanner, body: PendingBody): string {
  return `${s.end} ${s.closer} ${body.expands} ${body.stripsTabs} ${body.delimiter}`
}

/** Where the line ends; in a body that expands, a backslash before the newline joins the next line to it. */
function lineEnd(text: string, from: number, limit: number, joins: boolean): number {
  let at = from
  while (at < limit && text.charCodeAt(at) !== NEWLINE) at += joins && text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return Math.min(at, limit)
}

function skipTabs(text: string, line: number): number {
  let at = line
  while (text.charCodeAt(at) === TAB) at++
  return at
}

/** Where the delimiter on that line ends; -1 where it is another line. One that begins with tabs is found before tabs go. */
function delimiterIn(s: Scanner, body: PendingBody, line: number, end: number): number {
  if (isDelimiter(s, body.delimiter, line, end)) return line + body.delimiter.length
  const content = body.stripsTabs ? skipTabs(s.text, line) : line
  return content > line && isDelimiter(s, body.delimiter, content, end) ? content + body.delimiter.length : -1
}

/** Inside `$(…)` the delimiter may also have the closing bracket behind it on its line. */
function isDelimiter(s: Scanner, delimiter: string, start: number, end: number): boolean {
  if (!s.text.startsWith(delimiter, start) || start + delimiter.length > end) return false
  if (start + delimiter.length === end) return true
  if (s.closer !== CLOSE) return false
  for (let at = start + delimiter.length; at < end; at++) if (s.text.charCodeAt(at) === CLOSE) return true
  return false
}

function bodyWord(s: Scanner, body: PendingBody, start: number, end: number): Word {
  const written = s.text.slice(start, end)
  const text = body.stripsTabs ? withoutTabs(written, body.expands) : written
  s.at = end
  if (!body.expands || !expands(text)) return s.word(text === '' ? [] : [s.textPart(text, true, start)], start)
  if (text.length !== written.length) return s.grammar.body(s, text, { start: s.start(start), end: s.finish() })
  s.at = start
  return readInPlace(s, end)
}

/** The lines without the tabs they begin with. */
function withoutTabs(text: string, joins: boolean): string {
  let stripped = ''
  for (let line = 0; line < text.length; ) {
    const end = Math.min(lineEnd(text, line, text.length, joins) + 1, text.length)
    stripped += text.slice(Math.min(skipTabs(text, line), end), end)
    line = end
  }
  return stripped
}

function expands(text: string): boolean {
  return text.includes('$') || text.includes('`') || text.includes('\\')
}

function readInPlace(s: Scanner, end: number): Word {
  const { expanding } = s
  s.expanding = true
  const word = s.attempt(() => s.within(end, () => s.grammar.quoted(s, BODY)))
  s.expanding = expanding
  return word
}
