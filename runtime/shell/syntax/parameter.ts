/** `${…}`: parameter expansion (reference manual, 3.5.3). */
import type { ParameterExpansion, Word, WordPart } from './ast.js'
import { closeOf } from './balance.js'
import {
  AT,
  BANG,
  BAR,
  BRACKET,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  HASH,
  isDigit,
  isNamePart,
  isNameStart,
  isSpecial,
  NEWLINE,
  OFFSET,
  OPERAND,
  QUOTED_OPERAND,
  REPLACED,
  SLASH,
  SPACE,
  STAR,
  SUBSCRIPT,
  TAB,
} from './characters.js'
import type { Scanner } from './scanner.js'

type Building = { -readonly [Key in keyof ParameterExpansion]: ParameterExpansion[Key] }

/** At the brace of `${`. */
export function readBraced(s: Scanner, start: number, quoted: boolean, parts: WordPart[]): void {
  const open = s.at
  const code = s.step()
  const length = parts.length
  if (!s.enter()) return
  const isCommand = code === SPACE || code === TAB || code === NEWLINE || code === BAR
  const read = (): void => (isCommand ? readFunctionSubstitution : readParameter)(s, start, quoted, parts)
  if (!s.recovering(read)) readUnknown(s, start, open, quoted, parts, length)
  s.leave()
}

/** `${ command; }` and `${| command; }` of bash 5.3. */
function readFunctionSubstitution(s: Scanner, start: number, quoted: boolean, parts: WordPart[]): void {
  s.at++
  const script = s.grammar.script(s, CLOSE_BRACE)
  parts.push({ kind: 'command', script, quoted, start: s.start(start), end: s.finish() })
}

/** What bash calls a bad substitution when it comes to run it, and zsh may have a meaning for. It ends at the first closing brace. */
function readUnknown(s: Scanner, start: number, open: number, quoted: boolean, parts: WordPart[], length: number): void {
  const close = closeOf(s, open)
  if (close === -1) return s.failAtEnd()
  parts.length = length
  s.at = close + 1
  s.mark('zsh', 'bad substitution', start)
  parts.push({ kind: 'parameter', quoted, name: '', indirect: false, length: false, start: s.start(start), end: s.finish() })
}

function readParameter(s: Scanner, start: number, quoted: boolean, parts: WordPart[]): void {
  const found: Building = { kind: 'parameter', quoted, name: '', indirect: false, length: false, start: s.start(start), end: 0 }
  readPrefix(s, found)
  found.name = readParameterName(s)
  if (found.name !== '' && s.skipContinuations() === BRACKET) found.subscript = readSubscript(s)
  if (found.name === '' || !readOperation(s, found)) s.fail('bad substitution')
  if (!s.expect(CLOSE_BRACE)) return
  found.end = s.finish()
  parts.push(found)
}

/** `!` and `#` are signs before a name, or names themselves. */
function readPrefix(s: Scanner, found: Building): void {
  const code = s.code()
  const next = s.next()
  if (code === BANG && (isNamePart(next) || next === AT || next === STAR || next === HASH)) {
    found.indirect = true
    s.step()
  } else if (code === HASH && (isNamePart(next) || isLengthOfSign(s, next))) {
    found.length = true
    s.step()
  }
}

/** `${#?}` is a length, `${#?x}` the number of parameters with an operator. */
function isLengthOfSign(s: Scanner, next: number): boolean {
  return isSpecial(next) && s.text.charCodeAt(s.at + 2) === CLOSE_BRACE && s.at + 2 < s.end
}

function readParameterName(s: Scanner): string {
  const code = s.code()
  if (code === -1) return ''
  if (isNameStart(code)) return s.readName()
  if (isDigit(code)) return readDigits(s)
  if (!isSpecial(code)) return ''
  s.step()
  return String.fromCharCode(code)
}

function readDigits(s: Scanner): string {
  let name = ''
  for (let code = s.code(); isDigit(code); code = s.step()) name += String.fromCharCode(code)
  return name
}

function readSubscript(s: Scanner): Word {
  s.at++
  const word = s.grammar.word(s, SUBSCRIPT)
  s.expect(CLOSE_BRACKET)
  return word
}

/** What stands after the name. @returns false where it is nothing that bash knows */
function readOperation(s: Scanner, found: Building): boolean {
  const code = s.skipContinuations()
  if (code === CLOSE_BRACE || code === -1) return true
  if (found.length) return false
  const char = String.fromCharCode(code)
  if (code === COLON) return readColon(s, found)
  if ('-=?+'.includes(char)) return readAlternative(s, found, char)
  if (code === SLASH) return readReplacement(s, found)
  if ('#%^,~'.includes(char)) return readPattern(s, found, char)
  if (found.indirect && (code === STAR || code === AT) && s.next() === CLOSE_BRACE) return readSign(s, found, 1)
  return code === AT && isNameStart(s.next()) && s.at + 2 < s.end && s.text.charCodeAt(s.at + 2) === CLOSE_BRACE && readSign(s, found, 2)
}

function readSign(s: Scanner, found: Building, length: number): true {
  found.operator = s.text.slice(s.at, s.at + length)
  s.at += length
  return true
}

function readColon(s: Scanner, found: Building): true {
  const next = s.step()
  if (next !== -1 && '-=?+'.includes(String.fromCharCode(next))) return readAlternative(s, found, `:${String.fromCharCode(next)}`)
  found.operator = ':'
  found.operand = s.grammar.quoted(s, OFFSET)
  if (s.code() === COLON) {
    s.at++
    found.second = s.grammar.quoted(s, QUOTED_OPERAND)
  }
  return true
}

/** Its word is quoted as all of the expansion is. */
function readAlternative(s: Scanner, found: Building, operator: string): true {
  s.at++
  found.operator = operator
  found.operand = found.quoted ? s.grammar.quoted(s, QUOTED_OPERAND) : s.grammar.word(s, OPERAND)
  return true
}

/** A pattern keeps its meaning, and single quotes theirs, even between double quotes. */
function readPattern(s: Scanner, found: Building, char: string): true {
  const code = s.code()
  found.operator = s.step() === code ? char + char : char
  if (found.operator.length === 2) s.at++
  found.operand = s.grammar.word(s, OPERAND)
  return true
}

function readReplacement(s: Scanner, found: Building): true {
  const code = s.step()
  const anchored = code !== -1 && '/#%'.includes(String.fromCharCode(code))
  found.operator = anchored ? `/${String.fromCharCode(code)}` : '/'
  if (anchored) s.at++
  found.operand = s.grammar.word(s, REPLACED)
  if (s.code() === SLASH) {
    s.at++
    found.second = s.grammar.word(s, OPERAND)
  }
  return true
}
