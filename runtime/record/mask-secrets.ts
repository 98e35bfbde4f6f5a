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

function offsetsOf(text: string, needle: string): readonly number[] {
  const offsets: number[] = []
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) offsets.push(at)
  return offsets
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
  const ranges: Range[] = []
  for (const begin of offsetsOf(text, KEY_BEGIN)) {
    const headEnd = text.indexOf('-----', begin + KEY_BEGIN.length)
    if (headEnd === -1 || headEnd - begin > 80 || !text.slice(begin, headEnd).includes('PRIVATE KEY')) continue
    const end = text.indexOf('-----END', headEnd)
    ranges.push({ start: headEnd + 5, end: end === -1 ? text.length : end })
  }
  return ranges
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
    offsetsOf(text, prefix)
      .filter(start => start === 0 || !isTokenChar(text.charCodeAt(start - 1)))
      .map(start => ({ start, end: tokenEnd(text, start) }))
      .filter(({ start, end }) => end - start >= prefix.length + rest),
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

/** The password of `scheme://user:password@host`; the user too where no password follows. */
function urlRanges(text: string): readonly Range[] {
  return offsetsOf(text, '://').flatMap(offset => {
    const start = offset + 3
    const at = text.slice(start, runEnd(text, start, '/?#"\'`')).lastIndexOf('@')
    if (at <= 0) return []
    const colon = text.slice(start, start + at).indexOf(':')
    return [{ start: start + colon + 1, end: start + at }]
  })
}

const SCHEMES = ['bearer ', 'basic ', 'authorization: ', 'authorization:'] as const

/** What follows `Bearer `, `Basic ` or `Authorization:`. */
function headerRanges(text: string, lower: string): readonly Range[] {
  return SCHEMES.flatMap(scheme =>
    offsetsOf(lower, scheme).map(offset => {
      const start = offset + scheme.length
      const end = runEnd(text, start, '"\'`,;\\')
      const word = lower.slice(start, end)
      return { start, end: word === 'bearer' || word === 'basic' ? start : end }
    }),
  ).filter(({ start, end }) => end - start >= 6)
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
  return NAMES.flatMap(name => offsetsOf(lower, name).flatMap(offset => valueRange(text, offset, offset + name.length)))
}

function valueRange(text: string, nameStart: number, nameEnd: number): readonly Range[] {
  let at = nameEnd
  while (at < text.length && '"\'\\'.includes(text.charAt(at))) at++
  const assigned = text.charAt(at) === '=' || text.charAt(at) === ':'
  if (!assigned && !(text.charAt(at) === ' ' && isOption(text, nameStart))) return []
  at++
  while (at < text.length && (text.charAt(at) === ' ' || '"\'\\'.includes(text.charAt(at)))) at++
  const quote = text.charAt(at - 1)
  const end = quote === '"' || quote === "'" ? quotedEnd(text, at, quote) : runEnd(text, at, '"\'`,;&|')
  // A reference to a variable tells nothing: `$TOKEN`, `${TOKEN}`, `$(pass show x)`.
  return end - at < 3 || text.charAt(at) === '$' ? [] : [{ start: at, end }]
}

function quotedEnd(text: string, from: number, quote: string): number {
  const end = text.indexOf(quote, from)
  return end === -1 ? text.length : end
}

/** Whether the name ends an option: `--api-key`. */
function isOption(text: string, nameStart: number): boolean {
  let at = nameStart
  while (at > 0 && (isTokenChar(text.charCodeAt(at - 1)) || text.charAt(at - 1) === '-')) at--
  return text.startsWith('--', at)
}
