/**
 * The host that a URL names, as browsers and curl understand it (WHATWG URL Standard, section 3.5, host parsing), so that
 * `http://0x7f.1/`, `https://good.example@evil.example/` and `EVIL.example.` are seen for what they are.
 */
import type { AbstractString } from './abstract-string.js'
import { toPunycode } from './punycode.js'

/** A host in its normal form; `none` where the text names no host; `unknown` where it is malformed or known only in part. */
export type Host = { readonly kind: 'host'; readonly name: string } | { readonly kind: 'none' } | { readonly kind: 'unknown' }

const NONE: Host = { kind: 'none' }
const UNKNOWN: Host = { kind: 'unknown' }
const SPECIAL = ['http', 'https', 'ws', 'wss', 'ftp']

/** The last one that was asked for: statements ask for the host of one and the same field, one after the other. */
let lastText: string | undefined
let lastHost: Host = NONE

/** The host of a URL, or of a bare `host[:port][/path]`. */
export function hostOf(subject: string | AbstractString): Host {
  if (typeof subject === 'string') {
    if (subject !== lastText) lastHost = hostOfText(subject, false)
    lastText = subject
    return lastHost
  }
  const [first, hole, rest = '/'] = subject.parts
  if (typeof first !== 'string') return UNKNOWN
  const isPort = typeof hole === 'object' && hole.at === false && typeof rest === 'string' && isAuthorityEnd(rest.charAt(0))
  return isPort && BEFORE_PORT.test(first) ? hostOfText(first.slice(0, -1), false) : hostOfText(first, true)
}

const BEFORE_PORT = /^[a-z][a-z\d+.-]*:\/\/[^/?#\\@]+:$/i

/** @param cut the text goes on in a way that is not known, so only what a `/`, `?` or `#` ends is sure */
function hostOfText(raw: string, cut: boolean): Host {
  const text = cleaned(raw, cut)
  const scheme = schemeOf(text)
  const special = scheme === undefined || SPECIAL.includes(scheme)
  const rest = scheme === undefined ? text : text.slice(scheme.length + 1)
  const slashed = special ? rest.split('\\').join('/') : rest
  const start = authorityStart(slashed, scheme)
  if (start === -1) return cut && !hasBody(slashed) ? UNKNOWN : NONE
  const end = authorityEnd(slashed, start)
  if (cut && end === slashed.length) return UNKNOWN
  return hostOfAuthority(slashed.slice(start, end), scheme)
}

/** The text without what URL parsers drop around and inside of it. */
export function cleaned(raw: string, cut: boolean): string {
  return without(cut ? raw.slice(firstPrintable(raw)) : trimControls(raw), '\t\n\r')
}

/** Whether a URL without `//` after its scheme has shown so: one that ends right there may still go on with them. */
function hasBody(afterScheme: string): boolean {
  return afterScheme !== '' && afterScheme !== '/'
}

function trimControls(text: string): string {
  const start = firstPrintable(text)
  let end = text.length
  while (end > start && text.charCodeAt(end - 1) <= 32) end--
  return text.slice(start, end)
}

function firstPrintable(text: string): number {
  let at = 0
  while (at < text.length && text.charCodeAt(at) <= 32) at++
  return at
}

function without(text: string, chars: string): string {
  let rest = text
  for (const char of chars) rest = rest.split(char).join('')
  return rest
}

/** The scheme in lower case where the text is a URL; undefined for a bare host, `localhost:3000` included. */
function schemeOf(text: string): string | undefined {
  const colon = text.indexOf(':')
  const scheme = text.slice(0, Math.max(colon, 0)).toLowerCase()
  if (scheme === '' || !isScheme(scheme)) return undefined
  const next = text.charAt(colon + 1)
  return SPECIAL.includes(scheme) || next === '/' || next === '\\' || !isPortAndMore(text, colon + 1) ? scheme : undefined
}

function isScheme(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const letter = unit >= 97 && unit <= 122
    const later = i > 0 && (isDigit(unit) || unit === 43 || unit === 45 || unit === 46)
    if (!letter && !later) return false
  }
  return true
}

/** Whether digits, and then nothing or a path, stand here: `host:8080/x` is no URL of scheme `host`. */
function isPortAndMore(text: string, from: number): boolean {
  let at = from
  while (isDigit(text.charCodeAt(at))) at++
  return at === text.length || isAuthorityEnd(text.charAt(at)) || text.charAt(at) === '\\'
}

function authorityStart(text: string, scheme: string | undefined): number {
  if (scheme === undefined) return text.startsWith('//') ? 2 : 0
  let at = 0
  while (text.charAt(at) === '/') at++
  // Browsers and curl forgive a missing or an extra slash after the schemes of the web.
  if (scheme !== 'file' && SPECIAL.includes(scheme)) return at
  return at >= 2 ? 2 : -1
}

function authorityEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && !isAuthorityEnd(text.charAt(at))) at++
  return at
}

function isAuthorityEnd(char: string): boolean {
  return char === '/' || char === '?' || char === '#'
}

function hostOfAuthority(authority: string, scheme: string | undefined): Host {
  const afterUser = authority.slice(authority.lastIndexOf('@') + 1)
  const split = splitPort(afterUser)
  if (split === undefined) return UNKNOWN
  if (split.host === '') return scheme === undefined || SPECIAL.includes(scheme) ? UNKNOWN : NONE
  const name = split.host.startsWith('[') ? ipv6Name(split.host) : domainName(split.host)
  return name === undefined ? UNKNOWN : { kind: 'host', name }
}

function splitPort(text: string): { readonly host: string } | undefined {
  const colon = text.startsWith('[') ? text.indexOf(':', text.indexOf(']') + 1) : text.indexOf(':')
  if (colon === -1 || (text.startsWith('[') && !text.includes(']')))
    return text.startsWith('[') && !text.endsWith(']') ? undefined : { host: text }
  const port = text.slice(colon + 1)
  for (let i = 0; i < port.length; i++) if (!isDigit(port.charCodeAt(i))) return undefined
  return Number(port) > 65535 ? undefined : { host: text.slice(0, colon) }
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}

/** A domain or IPv4 address in its normal form; undefined where it is malformed. Also what a policy's `host` pattern goes through. */
export function domainName(raw: string): string | undefined {
  const decoded = percentDecode(raw)
  if (decoded === undefined) return undefined
  const ascii = toAscii(without(decoded.normalize('NFKC').toLowerCase(), '\u00ad\u200b\u2060\ufeff').split('。').join('.'))
  const bare = ascii?.endsWith('.') ? ascii.slice(0, -1) : ascii
  if (!bare || bare.endsWith('.') || hasForbidden(bare)) return undefined
  return endsInNumber(bare) ? ipv4Name(bare) : bare
}

function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function toAscii(domain: string): string | undefined {
  const labels: string[] = []
  for (const label of domain.split('.')) {
    const ascii = toPunycode(label)
    if (ascii === undefined) return undefined
    labels.push(ascii)
  }
  return labels.join('.')
}

/** WHATWG's forbidden domain code points. */
function hasForbidden(domain: string): boolean {
  for (let i = 0; i < domain.length; i++) {
    const unit = domain.charCodeAt(i)
    if (unit <= 32 || unit >= 127 || '#/:<>?@[\\]^|%'.includes(domain.charAt(i))) return true
  }
  return false
}

function endsInNumber(domain: string): boolean {
  const last = domain.slice(domain.lastIndexOf('.') + 1)
  return last !== '' && ([...last].every(char => isDigit(char.charCodeAt(0))) || ipv4Number(last) !== undefined)
}

/** An IPv4 address in any of its spellings (`0x7f.1`, `2130706433`, `0177.0.0.1`) as four decimal numbers. */
function ipv4Name(domain: string): string | undefined {
  const numbers = domain.split('.').map(ipv4Number)
  const last = numbers.pop()
  if (last === undefined || numbers.length > 3 || last >= 256 ** (4 - numbers.length)) return undefined
  let address = last
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]
    if (number === undefined || number > 255) return undefined
    address += number * 256 ** (3 - i)
  }
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.')
}

function ipv4Number(text: string): number | undefined {
  if (text === '') return undefined
  const hex = text.startsWith('0x')
  const octal = !hex && text.length > 1 && text.startsWith('0')
  const digits = hex ? text.slice(2) : text
  const radix = hex ? 16 : octal ? 8 : 10
  let number = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digitValue(digits.charCodeAt(i))
    if (digit >= radix) return undefined
    number = number * radix + digit
  }
  return number
}

function digitValue(unit: number): number {
  if (isDigit(unit)) return unit - 48
  return unit >= 97 && unit <= 102 ? unit - 87 : 99
}

/** `[::1]` in the form of RFC 5952, brackets included; undefined where malformed. */
function ipv6Name(bracketed: string): string | undefined {
  const groups = ipv6Groups(bracketed.slice(1, -1).toLowerCase())
  return groups === undefined ? undefined : `[${compressed(groups)}]`
}

/** The eight groups of an IPv6 address in lower case, without brackets; undefined where malformed. */
export function ipv6Groups(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = groupList(halves[0] ?? '', halves.length === 1)
  const tail = halves.length === 2 ? groupList(halves[1] ?? '', true) : []
  if (head === undefined || tail === undefined) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  return [...head, ...new Array<number>(missing).fill(0), ...tail]
}

function groupList(text: string, last: boolean): readonly number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const pieces = text.split(':')
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] ?? ''
    const values = last && i === pieces.length - 1 && piece.includes('.') ? ipv4Groups(piece) : hexGroup(piece)
    if (values === undefined) return undefined
    groups.push(...values)
  }
  return groups
}

function hexGroup(text: string): readonly number[] | undefined {
  if (text.length < 1 || text.length > 4) return undefined
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const digit = digitValue(text.charCodeAt(i))
    if (digit > 15) return undefined
    value = value * 16 + digit
  }
  return [value]
}

/** The two groups of `127.0.0.1`, also as the tail of `::ffff:127.0.0.1`: plain decimal only. */
export function ipv4Groups(text: string): readonly number[] | undefined {
  const pieces = text.split('.')
  if (pieces.length !== 4) return undefined
  const bytes: number[] = []
  for (const piece of pieces) {
    const byte = Number(piece)
    if (
      piece === '' ||
      piece.length > 3 ||
      (piece.length > 1 && piece.startsWith('0')) ||
      !(byte <= 255) ||
      ![...piece].every(c => isDigit(c.charCodeAt(0)))
    )
      return undefined
    bytes.push(byte)
  }
  const [a = 0, b = 0, c = 0, d = 0] = bytes
  return [a * 256 + b, c * 256 + d]
}

/** The longest run of two or more zero groups becomes `::`, the first of equal ones. */
function compressed(groups: readonly number[]): string {
  let best = { start: -1, length: 1 }
  for (let start = 0; start < 8; start++) {
    let end = start
    while (end < 8 && groups[end] === 0) end++
    if (end - start > best.length) best = { start, length: end - start }
  }
  const hex = groups.map(group => group.toString(16))
  if (best.start === -1) return hex.join(':')
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`
}

/** One host pattern of a policy: the host itself and all beneath it, or (`*.`) only what is beneath. */
export function hostMatches(name: string, pattern: string): boolean {
  if (pattern.startsWith('*.')) return name.endsWith(pattern.slice(1))
  if (name === pattern) return true
  return name.endsWith(`.${pattern}`) && !isAddress(pattern)
}

function isAddress(pattern: string): boolean {
  return pattern.startsWith('[') || isDigit(pattern.charCodeAt(pattern.length - 1))
}
