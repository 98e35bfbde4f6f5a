/** The escapes of `$'…'` (reference manual, 3.1.2.4). */
import { BACKSLASH, QUOTE } from './characters.js'
import type { Scanner } from './scanner.js'

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

/** From behind the opening quote up to the closing one. A NUL ends the text, since bash keeps it in a C string. */
export function readAnsiC(s: Scanner): string {
  let text = ''
  let ended = false
  for (;;) {
    const start = s.at
    while (s.at < s.end && s.text.charCodeAt(s.at) !== BACKSLASH && s.text.charCodeAt(s.at) !== QUOTE) s.at++
    if (!ended) text += s.text.slice(start, s.at)
    if (s.code() !== BACKSLASH) return text
    const escaped = readEscape(s)
    if (!ended) text += escaped
    ended ||= escaped === '\0'
    if (escaped === '\0') text = text.replace('\0', '')
  }
}

function readEscape(s: Scanner): string {
  s.at++
  const char = s.text.charAt(s.at)
  if (s.at >= s.end) return '\\'
  const digits = char === 'x' ? 2 : char === 'u' ? 4 : char === 'U' ? 8 : 0
  if (digits > 0) return readHex(s, char, digits)
  if (char >= '0' && char <= '7') return String.fromCharCode(readNumber(s, 3, 8) & 0xff)
  s.at++
  if (char === 'c') return readControl(s)
  return ONE[char] ?? `\\${char}`
}

function readHex(s: Scanner, char: string, digits: number): string {
  s.at++
  const start = s.at
  const braced = char === 'x' && s.text.charAt(s.at) === '{'
  if (braced) s.at++
  const from = s.at
  const value = readNumber(s, braced ? 16 : digits, 16)
  const found = s.at > from
  if (braced && s.text.charAt(s.at) === '}') s.at++
  if (!found) return braced ? '\0' : `\\${char}${s.text.slice(start, s.at)}`
  if (char === 'x') return String.fromCharCode(value & 0xff)
  return value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd'
}

function readNumber(s: Scanner, most: number, base: number): number {
  let value = 0
  for (let i = 0; i < most && s.at < s.end; i++) {
    const digit = '0123456789abcdef'.indexOf(s.text.charAt(s.at).toLowerCase())
    if (digit < 0 || digit >= base) break
    value = (value * base + digit) % 0x100000000
    s.at++
  }
  return value
}

/** `\cX`: the control character of X. */
function readControl(s: Scanner): string {
  if (s.at >= s.end) return '\\c'
  const code = s.text.charCodeAt(s.at++)
  if (code === BACKSLASH && s.text.charCodeAt(s.at) === BACKSLASH) s.at++
  return code === 63 ? '\x7f' : String.fromCharCode(code & 0x1f)
}
