/** Backslash escapes as `echo -e`, `printf` and `${x@E}` read them. */

const SIMPLE: Readonly<Record<string, string>> = {
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

/** Bytes of escapes are collected as UTF-8 is written in them: `\xc3\xa9` is one character. */
class Decoder {
  private result = ''
  private bytes: number[] = []

  text(text: string): void {
    this.flush()
    this.result += text
  }

  byte(value: number): void {
    if (value < 128) this.text(String.fromCharCode(value))
    else this.bytes.push(value & 255)
  }

  finish(): string {
    this.flush()
    return this.result
  }

  private flush(): void {
    if (this.bytes.length === 0) return
    const coded = this.bytes.map(byte => `%${byte.toString(16)}`).join('')
    try {
      this.result += decodeURIComponent(coded)
    } catch {
      this.result += String.fromCharCode(...this.bytes)
    }
    this.bytes = []
  }
}

/**
 * @param octal `\0nnn` is octal with a leading zero that does not count (`echo -e`, `%b`)
 * @returns the text up to a `\c`, where there is one
 */
export function decodeEscapes(text: string, octal = false): string {
  if (!text.includes('\\')) return text
  const decoder = new Decoder()
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('\\', at)
    if (next !== at) {
      decoder.text(text.slice(at, next === -1 ? text.length : next))
      at = next === -1 ? text.length : next
      continue
    }
    const end = decodeOne(text, at, octal, decoder)
    if (end === undefined) break
    at = end
  }
  return decoder.finish()
}

const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function decodeOne(text: string, at: number, octal: boolean, decoder: Decoder): number | undefined {
  const letter = text.charAt(at + 1)
  if (octal && letter === 'c') return undefined
  const most = DIGITS[letter]
  if (most !== undefined) {
    const digits = takeDigits(text, at + 2, most, 16)
    const code = Number.parseInt(digits, 16)
    if (digits === '' || code > 0x10ffff) decoder.text(`\\${letter}`)
    else if (letter === 'x') decoder.byte(code)
    else decoder.text(String.fromCodePoint(code))
    return at + 2 + digits.length
  }
  if (letter >= '0' && letter <= '7' && letter !== '') {
    const digits = takeDigits(text, at + 1, octal && letter === '0' ? 4 : 3, 8)
    decoder.byte(Number.parseInt(digits, 8) & 255)
    return at + 1 + digits.length
  }
  decoder.text(SIMPLE[letter] ?? `\\${letter}`)
  return at + 2
}

function takeDigits(text: string, from: number, most: number, base: number): string {
  let end = from
  while (end < from + most && !Number.isNaN(Number.parseInt(text.charAt(end), base))) end++
  return text.slice(from, end)
}
