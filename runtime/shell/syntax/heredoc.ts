/** Here-documents: their delimiters, and their bodies, which begin after the next newline (reference manual, 3.6.6). */
import type { Word } from './ast.js'
import { BACKSLASH, CLOSE, NEWLINE, TAB } from './characters.js'
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
  let stripped: string | undefined
  let from = start
  for (;;) {
    const line = s.at
    if (line >= s.end) return bodyWord(s, body, start, line, strippedText(s, stripped, from, line))
    const end = lineEnd(s, body.expands)
    const content = body.stripsTabs ? skipTabs(s, line, end) : line
    if (isDelimiter(s, body.delimiter, content, end)) {
      const word = bodyWord(s, body, start, line, strippedText(s, stripped, from, line))
      s.at = content + body.delimiter.length
      if (s.at === end && s.at < s.end) s.at++
      return word
    }
    if (content > line) {
      stripped = (stripped ?? '') + s.text.slice(from, line)
      from = content
    }
    s.at = Math.min(end + 1, s.end)
  }
}

function strippedText(s: Scanner, stripped: string | undefined, from: number, end: number): string | undefined {
  return stripped === undefined ? undefined : stripped + s.text.slice(from, end)
}

/** Where the line ends; in a body that expands, a backslash before the newline joins the next line to it. */
function lineEnd(s: Scanner, joins: boolean): number {
  let { at } = s
  while (at < s.end && s.text.charCodeAt(at) !== NEWLINE) at += joins && s.text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return Math.min(at, s.end)
}

function skipTabs(s: Scanner, line: number, end: number): number {
  let at = line
  while (at < end && s.text.charCodeAt(at) === TAB) at++
  return at
}

/** Inside `$(…)` the delimiter may also have the closing bracket behind it on its line. */
function isDelimiter(s: Scanner, delimiter: string, start: number, end: number): boolean {
  if (!s.text.startsWith(delimiter, start) || start + delimiter.length > end) return false
  if (start + delimiter.length === end) return true
  if (s.closer !== CLOSE) return false
  for (let at = start + delimiter.length; at < end; at++) if (s.text.charCodeAt(at) === CLOSE) return true
  return false
}

function bodyWord(s: Scanner, body: PendingBody, start: number, end: number, stripped: string | undefined): Word {
  const { at } = s
  const text = stripped ?? s.text.slice(start, end)
  if (!body.expands || !expands(text)) {
    s.at = end
    const word = s.word(text === '' ? [] : [s.textPart(text, true, start)], start)
    s.at = at
    return word
  }
  const word =
    stripped === undefined ? readInPlace(s, start, end) : s.grammar.body(s, stripped, { start: s.start(start), end: s.finish(end) })
  s.at = at
  return word
}

function expands(text: string): boolean {
  return text.includes('$') || text.includes('`') || text.includes('\\')
}

function readInPlace(s: Scanner, start: number, end: number): Word {
  s.at = start
  return s.attempt(() => s.within(end, () => s.grammar.quoted(s, '')))
}
