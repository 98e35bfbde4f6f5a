/**
 * Secrets in text, found by their shape and put out of sight: tokens with a known prefix, private keys, credentials in URLs
 * and headers, and values given to names like `password`. Hand-written scanning, linear in the text.
 */

/** A half-open range of UTF-16 offsets. */
interface Range {
  readonly start: number
  readonly end: number
}

const MASK = '[masked]'

/** The text with every secret that can be told by its shape replaced by `[masked]`. */
export function maskSecrets(text: string): string {
  const lower = asciiLower(text)
  const ranges = [...keyRanges(text), ...tokenRanges(text), ...urlRanges(text), ...headerRanges(text, lower), ...namedRanges(text, lower)]
  return ranges.length === 0 ? text : replaceRanges(text, ranges)
}

/** Case folding that changes no offset. */
function asciiLower(text: string): string {
  let lower = ''
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    lower += unit >= 65 && unit <= 90 ? String.fromCharCode(unit + 32) : text.charAt(i)
  }
  return lower
}

function replaceRanges(text: string, ranges: readonly Range[]): string {
  let output = ''
  let at = 0
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue
    // Ranges that overlap are one secret.
    if (start >= at) output += text.slice(at, start) + MASK
    at = end
  }
  return output + text.slice(at)
}

/** The ranges that occurrences of the needle begin; what one covers is not searched again, which keeps the search linear. */
function rangesAt(text: string, needle: string, rangeAt: (offset: number) => Range | undefined): readonly Range[] {
  const ranges: Range[] = []
  for (let at = text.indexOf(needle); at !== -1; ) {
    const range = rangeAt(at)
    if (range !== undefined) ranges.push(range)
    at = text.indexOf(needle, Math.max(at + 1, range?.end ?? 0))
  }
  return ranges
}

/** Where the run of characters other than these, white space and the end of the text ends. */
function runEnd(text: string, from: number, stops: string): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) > 32 && !stops.includes(text.charAt(at))) at++
  return at
}

const KEY_BEGIN = '-----BEGIN '

/** The body of `-----BEGIN … PRIVATE KEY-----`, up to its end or to that of the text. */
function keyRanges(text: string): readonly Range[] {
  return rangesAt(text, KEY_BEGIN, begin => {
    const head = text.slice(begin + KEY_BEGIN.length, begin + KEY_BEGIN.length + 60)
    const headEnd = head.indexOf('-----')
    if (headEnd === -1 || !head.slice(0, headEnd).includes('PRIVATE KEY')) return undefined
    const start = begin + KEY_BEGIN.length + headEnd + 5
    const end = text.indexOf('-----END', start)
    return { start, end: end === -1 ? text.length : end }
  })
}

/** Prefixes of issued tokens with the length of the shortest rest that makes one, as their issuers document them. */
const TOKENS: readonly (readonly [prefix: string, rest: number])[] = [
  ['AKIA', 16],
  ['ASIA', 16],
  ['ghp_', 30],
  ['gho_', 30],
  ['ghu_', 30],
  ['ghs_', 30],
  ['ghr_', 30],
  ['github_pat_', 30],
  ['glpat-', 18],
  ['xoxb-', 10],
  ['xoxp-', 10],
  ['xoxa-', 10],
  ['xoxr-', 10],
  ['xapp-', 10],
  ['sk_live_', 16],
  ['sk_test_', 16],
  ['rk_live_', 16],
  ['sk-', 20],
  ['AIza', 30],
  ['npm_', 30],
  ['pypi-', 30],
  ['hf_', 30],
  ['dop_v1_', 30],
  ['SG.', 30],
  ['eyJ', 20],
]

function tokenRanges(text: string): readonly Range[] {
  return TOKENS.flatMap(([prefix, rest]) =>
    rangesAt(text, prefix, start => {
      if (start > 0 && isTokenChar(text.charCodeAt(start - 1))) return undefined
      const end = tokenEnd(text, start)
      return end - start >= prefix.length + rest ? { start, end } : undefined
    }),
  )
}

function tokenEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && (isTokenChar(text.charCodeAt(at)) || text.charAt(at) === '.' || text.charAt(at) === '-')) at++
  return at
}

function isTokenChar(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || unit === 95
}

/** The password of `scheme://user:password@host`; the user where no password follows. */
function urlRanges(text: string): readonly Range[] {
  return rangesAt(text, '://', offset => {
    const start = offset + 3
    const authority = text.slice(start, runEnd(text, start, '/?#"\'`'))
    const at = authority.lastIndexOf('@')
    return at <= 0 ? undefined : { start: start + authority.slice(0, at).indexOf(':') + 1, end: start + at }
  })
}

const SCHEMES = ['bearer ', 'basic ', 'authorization: ', 'authorization:'] as const

/** What follows `Bearer `, `Basic ` or `Authorization:`. */
function headerRanges(text: string, lower: string): readonly Range[] {
  return SCHEMES.flatMap(scheme =>
    rangesAt(lower, scheme, offset => {
      const start = offset + scheme.length
      const end = runEnd(text, start, '"\'`,;\\')
      const word = lower.slice(start, end)
      return end - start < 6 || word === 'bearer' || isReference(text, start) ? undefined : { start, end }
    }),
  )
}

/** Names whose value is a secret, as they end a variable, an option or a key. */
const NAMES = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'api_key',
  'api-key',
  'apikey',
  'access_key',
  'access-key',
  'secret_key',
  'secret-key',
  'private_key',
  'private-key',
  'client_secret',
] as const

/** The value in `password=x`, `"token": "x"`, `--api-key x`. */
function namedRanges(text: string, lower: string): readonly Range[] {
  return NAMES.flatMap(name => rangesAt(lower, name, offset => valueRange(text, offset, offset + name.length)))
}

function valueRange(text: string, nameStart: number, nameEnd: number): Range | undefined {
  const afterName = afterQuotes(text, nameEnd)
  const assigned = text.charAt(afterName) === '=' || text.charAt(afterName) === ':'
  if (!assigned && !(text.charAt(afterName) === ' ' && isOption(text, nameStart))) return undefined
  const start = afterQuotes(text, text.charAt(afterName + 1) === ' ' ? afterName + 2 : afterName + 1)
  const quote = text.charAt(start - 1)
  const end = quote === '"' || quote === "'" ? quotedEnd(text, start, quote) : runEnd(text, start, '"\'`,;&|')
  return end - start < 3 || isReference(text, start) ? undefined : { start, end }
}

/** A reference to a variable or a command tells nothing: `$TOKEN`, `${TOKEN}`, `$(pass show x)`. */
function isReference(text: string, at: number): boolean {
  return text.charAt(at) === '$'
}

/** Quotes and escapes that stand between a name, its sign and its value. */
function afterQuotes(text: string, from: number): number {
  let at = from
  while (at < from + 4 && (text.charAt(at) === '"' || text.charAt(at) === "'" || text.charAt(at) === '\\')) at++
  return at
}

function quotedEnd(text: string, from: number, quote: string): number {
  const end = text.indexOf(quote, from)
  return end === -1 ? text.length : end
}

/** Whether the name ends an option of ordinary length: `--api-key`. */
function isOption(text: string, nameStart: number): boolean {
  let at = nameStart
  while (at > 0 && at > nameStart - 40 && (isTokenChar(text.charCodeAt(at - 1)) || text.charAt(at - 1) === '-')) at--
  return text.startsWith('--', at)
}
