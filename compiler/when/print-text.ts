/** A text as an expression writes it: in double quotes, unless others spare an escape. */

// What people cannot see, or YAML could not hold as it is.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

const ESCAPES: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', '"': '\\"' }

export function printText(text: string): string {
  const quote = !text.includes('"') ? '"' : text.includes("'") ? undefined : "'"
  if (quote === undefined || text.search(UNSEEN) !== -1) return `"${text.replace(/[\\"]/g, escaped).replace(UNSEEN, escaped)}"`
  return text.includes('\\') ? `r${quote}${text}${quote}` : quote + text + quote
}

function escaped(character: string): string {
  return ESCAPES[character] ?? codeEscape(character.codePointAt(0) ?? 0)
}

function codeEscape(codePoint: number): string {
  const digits = codePoint.toString(16)
  return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits.padStart(4, '0')}`
}
