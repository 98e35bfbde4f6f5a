/** Text of a policy or a path as messages show it. */

const SHOWN_LENGTH = 60

// Control characters could drive the terminal; the others reorder or hide what follows them.
const UNPRINTABLE =
  /[\p{Cc}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

/** In backticks, on one line, cut to a length that fits a message. */
export function quoted(text: string): string {
  const codePoints = [...text.slice(0, 2 * SHOWN_LENGTH)]
  const cut = codePoints.length > SHOWN_LENGTH || text.length > 2 * SHOWN_LENGTH
  return `\`${printable(codePoints.slice(0, SHOWN_LENGTH).join(''))}${cut ? '…' : ''}\``
}

/** `a`, `b` or `c` */
export function quotedList(texts: readonly string[]): string {
  const all = texts.map(quoted)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`
}

export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeOf)
}

function escapeOf(char: string): string {
  const code = char.charCodeAt(0)
  if (code === 10) return '\\n'
  if (code === 9) return '\\t'
  if (code === 13) return '\\r'
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`
}
