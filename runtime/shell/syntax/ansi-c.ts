/** The escapes of `$'…'` (reference manual, 3.1.2.4). */
import { BACKSLASH } from './characters.js'

const ONE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
}

const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** Where the decoder stands. */
interface Reader {
  readonly text: string
  at: number
}

/** What stands between `$'` and `'`. A NUL ends the text, since bash keeps it in a C string. */
export function decodeAnsiC(text: string): string {
  const reader: Reader = { text, at: 0 }
  let decoded = ''
  for (;;) {
    const backslash = text.indexOf('\\', reader.at)
    if (backslash === -1) return decodeBytes(decoded + text.slice(reader.at))
    decoded += text.slice(reader.at, backslash)
    reader.at = backslash + 1
    const char = readEscape(reader)
    if (char === '\0') return decodeBytes(decoded)
    decoded += char
  }
}

function readEscape(reader: Reader): string {
  const char = reader.text.charAt(reader.at)
  const digits = DIGITS[char]
  if (digits !== undefined) return readHex(reader, char, digits)
  if (char >= '0' && char <= '7') return byte(readNumber(reader, 3, 8))
  reader.at++
  return char === 'c' ? readControl(reader) : (ONE[char] ?? `\\${char}`)
}

function readHex(reader: Reader, char: string, digits: number): string {
  reader.at++
  const braced = char === 'x' && reader.text.charAt(reader.at) === '{'
  if (braced) reader.at++
  const from = reader.at
  const value = readNumber(reader, braced ? Infinity : digits, 16)
  const found = reader.at > from
  if (braced && reader.text.charAt(reader.at) === '}') reader.at++
  if (!found) return braced ? '\0' : `\\${char}`
  if (char === 'x') return byte(value)
  return value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd'
}

function readNumber(reader: Reader, most: number, base: number): number {
  let value = 0
  for (let i = 0; i < most && reader.at < reader.text.length; i++) {
    const digit = '0123456789abcdef'.indexOf(reader.text.charAt(reader.at).toLowerCase())
    if (digit === -1 || digit >= base) break
    value = (value * base + digit) % 0x100000000
    reader.at++
  }
  return value
}

/** `\cX`: the control character of X. */
function readControl(reader: Reader): string {
  const code = reader.text.charCodeAt(reader.at)
  if (reader.at >= reader.text.length) return '\\c'
  reader.at++
  // bash marks these two for itself, and takes its mark for the character
  if (code === 1 || code === 127) return `\x01${String.fromCharCode(code)}`
  if (code === BACKSLASH && reader.text.charCodeAt(reader.at) === BACKSLASH) reader.at++
  return code === 63 ? '\x7f' : String.fromCharCode(code & 0x1f)
}

/** A byte of a character in UTF-8 is kept as a lone surrogate until all of its bytes are there. */
function byte(value: number): string {
  const low = value & 0xff
  return String.fromCharCode(low < 0x80 ? low : SURROGATE + low)
}

const SURROGATE = 0xdc00

function byteAt(text: string, at: number): number {
  const value = text.charCodeAt(at) - SURROGATE
  return value >= 0x80 && value <= 0xff ? value : -1
}

function decodeBytes(text: string): string {
  let decoded = ''
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const first = byteAt(text, at)
    if (first === -1 || isPair(text, at)) continue
    decoded += text.slice(start, at)
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0
    let point = more === 0 ? -1 : first & (0x3f >> more)
    for (let i = 1; i <= more; i++) point = isContinuation(byteAt(text, at + i)) ? (point << 6) | (byteAt(text, at + i) & 0x3f) : -1
    decoded += point >= 0x80 && point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd'
    if (point >= 0x80) at += more
    start = at + 1
  }
  return start === 0 ? text : decoded + text.slice(start)
}

/** Whether it is the second half of a character that stood in the text. */
function isPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  return before >= 0xd800 && before < SURROGATE
}

function isContinuation(value: number): boolean {
  return value >= 0x80 && value < 0xc0
}
