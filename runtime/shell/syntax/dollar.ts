/** `$…` and backticks: parameters, command substitution, arithmetic (reference manual, 3.5). */
import type { WordPart } from './ast.js'
import { closeOf } from './balance.js'
import {
  BACKSLASH,
  BACKTICK,
  NEWLINE,
  BRACE,
  BRACKET,
  CLOSE,
  CLOSE_BRACKET,
  DOLLAR,
  DOUBLE_QUOTE,
  EXPRESSION,
  isDigit,
  isNameStart,
  isSpecial,
  OLD_EXPRESSION,
  OPEN,
} from './characters.js'
import { readBraced } from './parameter.js'
import type { Scanner } from './scanner.js'

/** At `$`: reads an expansion. @returns false where there is none, and the place is still the same */
export function readDollar(s: Scanner, quoted: boolean, parts: WordPart[]): boolean {
  const start = s.at
  const code = s.step()
  if (code === OPEN) readParenthesis(s, start, quoted, parts)
  else if (code === BRACE) readBraced(s, start, quoted, parts)
  else if (code === BRACKET) readOldArithmetic(s, start, quoted, parts)
  else if (isNameStart(code)) pushParameter(s, start, quoted, s.readName(), parts)
  else if (isDigit(code) || isSpecial(code)) {
    s.at++
    pushParameter(s, start, quoted, String.fromCharCode(code), parts)
  } else {
    s.at = start
    return false
  }
  return true
}

function pushParameter(s: Scanner, start: number, quoted: boolean, name: string, parts: WordPart[]): void {
  parts.push({ kind: 'parameter', quoted, name, indirect: false, length: false, start: s.start(start), end: s.finish() })
}

/** `$((…))` where the inner bracket closes just before the outer one, else `$(…)`. */
function readParenthesis(s: Scanner, start: number, quoted: boolean, parts: WordPart[]): void {
  if (s.next() === OPEN) {
    const close = closeOf(s, s.at + 1)
    if (close === -1) return s.failAtEnd()
    if (s.codeAt(close + 1) === CLOSE) return readArithmetic(s, start, close, quoted, parts)
  }
  s.at++
  const script = s.grammar.script(s, CLOSE)
  parts.push({ kind: 'command', script, quoted, start: s.start(start), end: s.finish() })
}

function readOldArithmetic(s: Scanner, start: number, quoted: boolean, parts: WordPart[]): void {
  s.at++
  if (!s.enter()) return
  const expression = s.grammar.quoted(s, OLD_EXPRESSION)
  s.leave()
  if (!s.expect(CLOSE_BRACKET)) return
  parts.push({ kind: 'arithmetic', expression, quoted, start: s.start(start), end: s.finish() })
}

function readArithmetic(s: Scanner, start: number, close: number, quoted: boolean, parts: WordPart[]): void {
  s.at += 2
  if (!s.enter()) return
  const expression = s.within(close, () => s.grammar.quoted(s, EXPRESSION))
  s.leave()
  if (s.error !== undefined) return
  s.at = close + 2
  parts.push({ kind: 'arithmetic', expression, quoted, start: s.start(start), end: s.finish() })
}

/** A backtick ends at the next one without a backslash, whatever stands between. */
export function readBacktick(s: Scanner, quoted: boolean, parts: WordPart[]): void {
  const start = s.at++
  let text = ''
  let from = s.at
  while (s.at < s.end && s.text.charCodeAt(s.at) !== BACKTICK) {
    if (s.code() !== BACKSLASH) s.at++
    else if (s.next() === NEWLINE) {
      // Gone before quotes are looked at.
      text += s.text.slice(from, s.at)
      s.at += 2
      from = s.at
    } else if (isUnescaped(s.next(), quoted)) {
      text += s.text.slice(from, s.at)
      from = s.at + 1
      s.at += 2
    } else s.at += 2
  }
  if (s.at > s.end) s.at = s.end
  text += s.text.slice(from, s.at)
  if (!s.expect(BACKTICK)) return
  const span = { start: s.start(start), end: s.finish() }
  parts.push({ kind: 'command', script: s.grammar.inner(s, text, span), quoted, ...span })
}

/** Whether the backslash before it is taken away on the way into a backtick. */
function isUnescaped(code: number, quoted: boolean): boolean {
  return code === BACKSLASH || code === BACKTICK || code === DOLLAR || (quoted && code === DOUBLE_QUOTE)
}
