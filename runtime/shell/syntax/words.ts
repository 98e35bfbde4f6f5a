/** Words: unquoted text, quotes, and what they hold (reference manual, 3.1.2). */
import type { Word, WordPart } from './ast.js'
import {
  ANGLE,
  BACKSLASH,
  BACKTICK,
  BODY,
  BAR,
  BRACKET,
  CLOSE,
  CLOSE_BRACKET,
  type CharacterTable,
  DOLLAR,
  DOUBLE_QUOTE,
  isNameStart,
  NEST,
  NEWLINE,
  OPEN,
  PATTERN,
  PLAIN,
  QUOTE,
  QUOTED,
  QUOTING,
  REGEX,
  SHIELDED,
  STOP,
  WORD,
} from './characters.js'
import { decodeAnsiC } from './ansi-c.js'
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
  /** Where begins what follows the run. */
  let from = s.at
  let nested = 0
  for (;;) {
    const kind = skipPlain(s, table)
    const code = s.code()
    if (code === BACKSLASH && s.next() === NEWLINE) {
      run += s.text.slice(from, s.at)
      s.at += 2
      from = s.at
    } else if (isText(s, table, kind, nested)) {
      if (kind === NEST) nested++
      else if (nested > 0 && code === (table === REGEX ? CLOSE : CLOSE_BRACKET)) nested--
      s.at++
    } else {
      run += s.text.slice(from, s.at)
      if (run !== '') parts.push(s.textPart(run, false, start))
      if (kind === STOP || (kind === ANGLE && s.next() !== OPEN) || !s.mayGoOn()) return
      start = s.at
      run = readSpecial(s, kind, code, parts)
      from = s.at
    }
  }
}

/** Whether what is special elsewhere is text here: a bracket that nests, and what stands between such. */
function isText(s: Scanner, table: CharacterTable, kind: number, nested: number): boolean {
  if (kind === STOP) return nested > 0 && s.at < s.end
  return kind === NEST || (kind === ANGLE && s.next() !== OPEN && (nested > 0 || (table !== WORD && table !== REGEX)))
}

/** @returns text that turned out to be plain */
function readSpecial(s: Scanner, kind: number, code: number, parts: WordPart[]): string {
  if (kind === QUOTING) return readQuoting(s, code, parts)
  if (kind === ANGLE) readProcess(s, code, parts)
  else readPatternList(s, code, parts)
  return ''
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
  else {
    if (code !== -1 && '=~^+'.includes(String.fromCharCode(code)) && isNameStart(s.next())) s.mark('zsh', 'a parameter with a flag', start)
    return '$'
  }
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
  const from = ++s.at
  while (s.at < s.end && s.text.charCodeAt(s.at) !== QUOTE) s.at += s.text.charCodeAt(s.at) === BACKSLASH ? 2 : 1
  s.at = Math.min(s.at, s.end)
  const text = s.text.slice(from, s.at)
  if (s.expect(QUOTE)) parts.push(s.textPart(decodeAnsiC(text), true, start))
}

/** `"…"`: at least one part, since it makes a word even where it is empty. */
function readDoubleQuotes(s: Scanner, parts: WordPart[]): void {
  const start = s.at++
  const before = parts.length
  readQuotedParts(s, QUOTED, parts)
  if (s.expect(DOUBLE_QUOTE) && parts.length === before) parts.push(s.textPart('', true, start))
}

/** Text as between double quotes, up to where the table stops or the end of the region. */
export function readQuoted(s: Scanner, table: CharacterTable): Word {
  const start = s.at
  const parts: WordPart[] = []
  readQuotedParts(s, table, parts)
  return s.word(parts, start)
}

function readQuotedParts(s: Scanner, table: CharacterTable, parts: WordPart[]): void {
  let start = s.at
  let run = ''
  let from = s.at
  let nested = 0
  for (;;) {
    const kind = skipPlain(s, table)
    const code = s.code()
    if (code === BACKSLASH) {
      run += s.text.slice(from, s.at) + readQuotedEscape(s, table)
      from = s.at
    } else if (kind === NEST || (kind === STOP && nested > 0 && code !== -1)) {
      nested += kind === NEST ? 1 : -1
      s.at++
    } else {
      run += s.text.slice(from, s.at)
      if (run !== '') parts.push(s.textPart(run, true, start))
      if (kind === STOP || !s.mayGoOn()) return
      start = s.at
      run = readInQuotes(s, code, parts)
      from = s.at
    }
  }
}

/** Between double quotes a backslash escapes few characters; before others it is text. */
function readQuotedEscape(s: Scanner, table: CharacterTable): string {
  const code = s.next()
  s.at += code === -1 ? 1 : 2
  if (code === NEWLINE) return ''
  if (code === -1) return '\\'
  const char = String.fromCharCode(code)
  if (code === DOLLAR || code === BACKTICK || code === BACKSLASH) return char
  return (code === DOUBLE_QUOTE && table !== BODY) || table[code] === STOP ? char : `\\${char}`
}

/** @returns text that turned out to be plain */
function readInQuotes(s: Scanner, code: number, parts: WordPart[]): string {
  if (code === BACKTICK) readBacktick(s, true, parts)
  else if (code === DOUBLE_QUOTE) readDoubleQuotes(s, parts)
  else if (code === QUOTE) readShieldedQuotes(s, parts)
  else if (!readDollar(s, true, parts)) {
    s.at++
    return '$'
  }
  return ''
}

/** `"${x:-'…'}"`: the quotes are text, yet hide a brace or a double quote between them. */
function readShieldedQuotes(s: Scanner, parts: WordPart[]): void {
  const start = s.at++
  while (s.at < s.end && s.text.charCodeAt(s.at) !== QUOTE) s.at++
  const close = s.at
  if (!s.expect(QUOTE)) return
  s.at = start + 1
  parts.push(s.textPart("'", true, start))
  s.attempt(() => s.within(close, () => readQuotedParts(s, SHIELDED, parts)))
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

/** Of zsh's: `*(e:'code':)`, `*(.+function)`. */
const GLOB_CODE = /^[\w./@=%*^,-]{0,4}(?:e[:'"{[<!/]|\+[a-z_])/

/** `@(a|b)`: a syntax error without the option `extglob`. */
function readPatternList(s: Scanner, code: number, parts: WordPart[]): void {
  const start = s.at
  if (!s.matching) s.mark('extglob', 'a pattern list', start)
  if (GLOB_CODE.test(s.text.slice(start + 2, start + 12))) s.mark('zsh', 'a pattern that runs code', start)
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
