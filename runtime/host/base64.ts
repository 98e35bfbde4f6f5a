const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes of RFC 4648's base 64 with padding: `atob` is no part of ECMAScript. @throws where the text is none */
export function decodeBase64(text: string): Uint8Array {
  const values = new Uint8Array(128).fill(INVALID)
  for (let i = 0; i < DIGITS.length; i++) values[DIGITS.charCodeAt(i)] = i
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3)
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const word = wordAt(text, from, values, from + 4 === text.length ? padding : 0)
    bytes[to] = word >> 16
    bytes[to + 1] = word >> 8
    bytes[to + 2] = word
  }
  return bytes.subarray(0, bytes.length - padding)
}

const INVALID = 255

/** The 24 bits of four digits. */
function wordAt(text: string, from: number, values: Uint8Array, padding: number): number {
  let word = 0
  for (let i = 0; i < 4; i++) {
    const value = i < 4 - padding ? (values[text.charCodeAt(from + i)] ?? INVALID) : 0
    if (value === INVALID) throw new Error('the decision table is damaged')
    word = (word << 6) | value
  }
  return word
}
