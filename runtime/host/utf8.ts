/** UTF-8 for an engine that has no codec of its own. */

/** As many units as one call takes as arguments. */
const PIECE = 4096

/** The text of the bytes; undefined where they are no UTF-8 (RFC 3629: shortest form, no surrogates, nothing beyond U+10FFFF). */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const units = new Uint16Array(bytes.length)
  let length = 0
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++] as number // in bounds
    if (first < 0x80) {
      units[length++] = first
      continue
    }
    const more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 0
    if (more === 0 || i + more > bytes.length) return undefined
    let point = first & (0x3f >> more)
    for (let k = 0; k < more; k++) {
      const next = bytes[i++] as number // in bounds
      if ((next & 0xc0) !== 0x80) return undefined
      point = (point << 6) | (next & 0x3f)
    }
    if (point < (LEAST[more] as number) || (point >= 0xd800 && point < 0xe000) || point > 0x10ffff) return undefined // `more` is 1 to 3
    if (point > 0xffff) units[length++] = 0xd7c0 + (point >> 10)
    units[length++] = point > 0xffff ? 0xdc00 | (point & 0x3ff) : point
  }
  return textOf(units.subarray(0, length))
}

/** The least code point that needs so many bytes more than one. */
const LEAST = [0, 0x80, 0x800, 0x10000] as const

function textOf(units: Uint16Array): string {
  let text = ''
  for (let i = 0; i < units.length; i += PIECE) text += String.fromCharCode(...units.subarray(i, i + PIECE))
  return text
}

/** The bytes of the text; half of a surrogate pair alone becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length)
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const read = text.codePointAt(i) as number // in bounds
    if (read > 0xffff) i++
    const point = read >= 0xd800 && read < 0xe000 ? 0xfffd : read
    if (point < 0x80) bytes[length++] = point
    else {
      const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
      bytes[length++] = (0xff & ~(0x7f >> more)) | (point >> (6 * more))
      for (let k = more - 1; k >= 0; k--) bytes[length++] = 0x80 | ((point >> (6 * k)) & 0x3f)
    }
  }
  return bytes.subarray(0, length)
}
