/** Words: unquoted text, quotes, and what they hold (reference manual, 3.1.2). */
import type { Word, WordPart } from './ast.js'
import {
  ANGLE,
  BACKSLASH,
  BACKTICK,
  BAR,
  BRACKET,
  CLOSE,
  CLOSE_BRACKET,
  type CharacterTable,
  DOLLAR,
  DOUBLE_QUOTE,
  NEST,
  NEWLINE,
  OPEN,
  PATTERN,
  PLAIN,
  QUOTE,
  QUOTING,
  STOP,
  WORD,
} from './characters.js'
import { readAnsiC } from './ansi-c.js'
import { readBacktick, readDollar } from './dollar.js'
import type { Scanner } from './scanner.js'

/** A word that ends where the table stops; without parts where there is none. */
export function readWord(s: Scanner, table: CharacterTable): Word {
  const start = s.at
  const kind = skipPlain(s, table)
  if (kind === STOP && s.at > start && table[BRACKET] !== NEST) return s.word([s.textPart(s.text.slice(start, s.at), false, start)], start)
  s.at = start
  return readRest(s, table, start, [])
}

/** The rest of a word that began with those parts. */
export function readRest(s: Scanner, table: CharacterTable, start: number, parts: WordPart[]): Word {
  readParts(s, table, parts)
  return s.word(parts, start)
}

/** Steps over plain text. @returns what stands there; STOP at the end */
function skipPlain(s: Scanner, table: CharacterTable): number {
  const { text, end } = s
  let { at } = s
  let kind = STOP
  while (at < end) {
    const code = text.charCodeAt(at)
    kind = code < 128 ? (table[code] ?? PLAIN) : PLAIN
    if (kind !== PLAIN && (kind !== PATTERN || text.charCodeAt(at + 1) === OPEN)) break
    kind = STOP
    at++
  }
  s.at = at
  return kind
}

function readParts(s: Scanner, table: CharacterTable, parts: WordPart[]): void {
  let start = s.at
  let run = ''
  let nested = 0
  for (;;) {
    const from = s.at
    const kind = skipPlain(s, table)
    run += s.text.slice(from, s.at)
    const code = s.code()
    if (code === BACKSLASH && s.next() === NEWLINE) {
      s.at += 2
      continue
    }
    if (kind === NEST || (kind === STOP && nested > 0 && code !== -1 && isNestEnd(table, code))) {
      nested += kind === NEST ? 1 : -1
      run += s.text[s.at++]
      continue
    }
    if (kind === STOP && nested > 0 && code !== -1) {
      run += s.text[s.at++]
      continue
    }
    if (kind === ANGLE && s.next() !== OPEN && table !== WORD) {
      run += s.text[s.at++]
      continue
    }
    if (run !== '') parts.push(s.textPart(run, false, start))
    run = ''
    if (kind === STOP || (kind === ANGLE && s.next() !== OPEN)) break
    if (kind === QUOTING) run = readQuoting(s, code, parts)
    else if (kind === ANGLE) readProcess(s, code, parts)
    else readPatternList(s, code, parts)
    start = s.at - run.length
  }
}

function isNestEnd(table: CharacterTable, code: number): boolean {
  return code === (table[BRACKET] === NEST ? CLOSE_BRACKET : CLOSE)
}

/** @returns text that turned out to be plain */
function readQuoting(s: Scanner, code: number, parts: WordPart[]): string {
  switch (code) {
    case BACKSLASH:
      readEscape(s, parts)
      return ''
    case QUOTE:
      readSingleQuotes(s, parts)
      return ''
    case DOUBLE_QUOTE:
      readDoubleQuotes(s, parts)
      return ''
    case BACKTICK:
      readBacktick(s, false, parts)
      return ''
    default:
      return readUnquotedDollar(s, parts)
  }
}

function readUnquotedDollar(s: Scanner, parts: WordPart[]): string {
  const start = s.at
  if (readDollar(s, false, parts)) return ''
  const code = s.step()
  if (code === QUOTE) readAnsiCQuotes(s, start, parts)
  else if (code === DOUBLE_QUOTE) readDoubleQuotes(s, parts)
  else return '$'
  return ''
}

function readEscape(s: Scanner, parts: WordPart[]): void {
  const start = s.at++
  // A backslash at the very end stands for itself.
  const text = s.at < s.end ? String.fromCodePoint(s.text.codePointAt(s.at) ?? BACKSLASH) : '\\'
  s.at = Math.min(s.at + text.length, s.end)
  parts.push(s.textPart(text, true, start))
}

function readSingleQuotes(s: Scanner, parts: WordPart[]): void {
  const start = s.at++
  const from = s.at
  while (s.at < s.end && s.text.charCodeAt(s.at) !== QUOTE) s.at++
  const text = s.text.slice(from, s.at)
  if (s.expect(QUOTE)) parts.push(s.textPart(text, true, start))
}

function readAnsiCQuotes(s: Scanner, start: number, parts: WordPart[]): void {
  s.at++
  const text = readAnsiC(s)
  if (s.expect(QUOTE)) parts.push(s.textPart(text, true, start))
}

/** `"…"`: at least one part, since it makes a word even where it is empty. */
function readDoubleQuotes(s: Scanner, parts: WordPart[]): void {
  const start = s.at++
  const before = parts.length
  readQuotedParts(s, '"', parts)
  if (s.expect(DOUBLE_QUOTE) && parts.length === before) parts.push(s.textPart('', true, start))
}

/** Text as between double quotes, up to one of the stops or the end of the region. */
export function readQuoted(s: Scanner, stops: string): Word {
  const start = s.at
  const parts: WordPart[] = []
  readQuotedParts(s, stops, parts)
  return s.word(parts, start)
}

/** How a region is quoted is told by its stops: a here-document has none, and `"` is text there. */
function readQuotedParts(s: Scanner, stops: string, parts: WordPart[]): void {
  let start = s.at
  let run = ''
  for (;;) {
    const from = s.at
    skipUnquoting(s, stops)
    run += s.text.slice(from, s.at)
    const code = s.code()
    if (code === BACKSLASH) run += readQuotedEscape(s, stops)
    else {
      const stopped = code === -1 || stops.includes(s.text.charAt(s.at))
      if (!stopped && code === DOLLAR && !startsExpansion(s)) {
        run += s.text[s.at++]
        continue
      }
      if (run !== '') parts.push(s.textPart(run, true, start))
      run = ''
      if (stopped) return
      readInQuotes(s, code, stops, parts)
      start = s.at
    }
  }
}

function startsExpansion(s: Scanner): boolean {
  const before = s.at
  const code = s.step()
  s.at = before
  return code !== -1 && (WORD_START.includes(String.fromCharCode(code)) || code === 95)
}

const WORD_START = '({[@*#?-$!0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

function skipUnquoting(s: Scanner, stops: string): void {
  const { text, end } = s
  while (s.at < end) {
    const code = text.charCodeAt(s.at)
    if (code === BACKSLASH || code === DOLLAR || code === BACKTICK) return
    if (stops !== '' && code < 128 && (code === DOUBLE_QUOTE || (code === QUOTE && stops !== '"') || stops.includes(text.charAt(s.at))))
      return
    s.at++
  }
}

/** Between double quotes a backslash escapes few characters; before others it is text. */
function readQuotedEscape(s: Scanner, stops: string): string {
  const code = s.next()
  s.at += code === -1 ? 1 : 2
  if (code === NEWLINE) return ''
  if (code === -1) return '\\'
  const char = String.fromCharCode(code)
  if (code === DOLLAR || code === BACKTICK || code === BACKSLASH) return char
  return stops !== '' && (code === DOUBLE_QUOTE || stops.includes(char)) ? char : `\\${char}`
}

function readInQuotes(s: Scanner, code: number, stops: string, parts: WordPart[]): void {
  if (code === DOLLAR) readDollar(s, true, parts)
  else if (code === BACKTICK) readBacktick(s, true, parts)
  else if (code === DOUBLE_QUOTE) readDoubleQuotes(s, parts)
  else readShieldedQuotes(s, parts, stops)
}

/** `"${x:-'…'}"`: the quotes are text, yet hide a brace or a double quote between them. */
function readShieldedQuotes(s: Scanner, parts: WordPart[], stops: string): void {
  const start = s.at++
  while (s.at < s.end && s.text.charCodeAt(s.at) !== QUOTE) s.at++
  const close = s.at
  if (!s.expect(QUOTE)) return
  s.at = start + 1
  parts.push(s.textPart("'", true, start))
  if (close > s.at) s.within(close, () => readQuotedParts(s, stops === '' ? '' : '\0', parts))
  s.at = close + 1
  parts.push(s.textPart("'", true, close))
}

/** `<(…)` and `>(…)`. */
function readProcess(s: Scanner, code: number, parts: WordPart[]): void {
  const start = s.at
  s.at += 2
  const script = s.grammar.script(s, CLOSE)
  parts.push({ kind: 'process', direction: code === 60 ? '<' : '>', script, start: s.start(start), end: s.finish() })
}

/** `@(a|b)`: a syntax error without the option `extglob`. */
function readPatternList(s: Scanner, code: number, parts: WordPart[]): void {
  const start = s.at
  if (!s.matching) s.mark('extglob', 'a pattern list', start)
  s.at += 2
  if (!s.enter()) return
  const alternatives = [readAlternative(s)]
  while (s.code() === BAR) {
    s.at++
    alternatives.push(readAlternative(s))
  }
  s.leave()
  if (!s.expect(CLOSE)) return
  const operator = String.fromCharCode(code) as '?' | '*' | '+' | '@' | '!' // the characters of PATTERN
  parts.push({ kind: 'extglob', operator, alternatives, start: s.start(start), end: s.finish() })
}

/** Between the bars of a pattern list blanks and operators are text. */
function readAlternative(s: Scanner): Word {
  const start = s.at
  const parts: WordPart[] = []
  for (;;) {
    readParts(s, WORD, parts)
    const code = s.code()
    if (code === -1 || code === BAR || code === CLOSE) return s.word(parts, start)
    s.at++
    parts.push(s.textPart(String.fromCharCode(code), false, s.at - 1))
  }
}
