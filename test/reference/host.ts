/** The host of a URL, and whether it is, or is under, a domain. */
import type { AbstractString } from '../../runtime/decide/abstract-string.js'
import { anyOf, type Truth, truth } from './truth.js'

/** A host's one spelling, that there is none, or that it cannot be told. */
type Host = { readonly kind: 'host'; readonly name: string } | { readonly kind: 'none' } | { readonly kind: 'unknown' }

const NONE: Host = { kind: 'none' }
const UNKNOWN: Host = { kind: 'unknown' }

export function hostTest(subject: string | AbstractString, patterns: readonly string[]): Truth {
  const host = typeof subject === 'string' ? hostOf(subject) : hostOfPart(subject)
  if (host.kind === 'unknown') return 'unknown'
  return host.kind === 'none' ? 'false' : anyOf(patterns.map(pattern => truth(isUnder(host.name, pattern))))
}

function isUnder(name: string, pattern: string): boolean {
  const domain = hostName(pattern.replace(/^\*\./, ''))
  if (domain.kind !== 'host') throw new Error(`\`${pattern}\` is no host pattern`)
  const isAddress = /^\[|^[0-9.]+$/.test(domain.name)
  return (!pattern.startsWith('*.') && name === domain.name) || (!isAddress && name.endsWith(`.${domain.name}`))
}

export function hostOf(text: string): Host {
  const authority = authorityOf(trimmed(text))
  return authority === undefined ? NONE : hostOfAuthority(authority)
}

/** The host is known if the text before the first hole holds all of the authority, or shows that there is none. */
export function hostOfPart({ parts: [first] }: AbstractString): Host {
  if (typeof first !== 'string') return UNKNOWN
  const text = first.replace(/^[\0- ]+/, '').replace(/[\t\n\r]/g, '')
  const authority = authorityOf(text)
  if (authority === undefined) return /^[^:]*:\/?$/.test(text) ? UNKNOWN : NONE
  return authority.isWhole ? hostOfAuthority(authority) : UNKNOWN
}

/** As the URL standard trims. */
export function trimmed(text: string): string {
  return text.replace(/^[\0- ]+|[\0- ]+$/g, '').replace(/[\t\n\r]/g, '')
}

interface Authority {
  readonly text: string
  /** Whether it may be empty, as in `file:///x`. */
  readonly isOptional: boolean
  /** Something follows that ends it. */
  readonly isWhole: boolean
}

/** What stands between the scheme and the path; undefined where a scheme is followed by none. */
function authorityOf(text: string): Authority | undefined {
  const [, scheme = '', rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(text) ?? []
  if (/^(https?|wss?|ftp)$/i.test(scheme)) return upTo(/[/\\?#]/, rest.replace(/^[/\\]*/, ''), false)
  if (scheme !== '' && rest.startsWith('//')) return upTo(/[/?#]/, rest.slice(2), true)
  const isPort = /^[0-9]*([/\\?#]|$)/.test(rest)
  return scheme === '' || isPort ? upTo(/[/\\?#]/, text.replace(/^[/\\]{2}/, ''), false) : undefined
}

function upTo(end: RegExp, text: string, isOptional: boolean): Authority {
  const at = text.search(end)
  return at === -1 ? { text, isOptional, isWhole: false } : { text: text.slice(0, at), isOptional, isWhole: true }
}

function hostOfAuthority({ text, isOptional }: Authority): Host {
  if (text === '' && isOptional) return NONE
  const hostAndPort = text.slice(text.lastIndexOf('@') + 1)
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$/s.exec(hostAndPort) ?? []
  return Number(port) > 65535 ? UNKNOWN : hostName(host)
}

/** One spelling for all of a host: the standard's, which knows addresses, punycode and what no host may hold. */
function hostName(written: string): Host {
  const name = written.startsWith('[') ? written : domainName(written)
  const parsed = name === undefined || name === '' ? undefined : parsedHost(name)
  return parsed === undefined || parsed === '' || parsed.endsWith('.') ? UNKNOWN : { kind: 'host', name: parsed }
}

/** As the standard writes it; undefined where it is no host. */
export function parsedHost(host: string): string | undefined {
  return parsed(`http://${host}/`)?.hostname
}

/** Percent signs undone, compatible and lower-case letters, one final dot dropped. */
function domainName(written: string): string | undefined {
  const decoded = percentDecoded(written)?.normalize('NFKC').toLowerCase().replaceAll('。', '.')
  return decoded === undefined || /[\0- #%/:<>?@[\\\]^|\x7f]/.test(decoded) ? undefined : decoded.replace(/\.$/, '')
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Not by `URL.canParse`: once compiled, Node 20's misreads texts of Latin-1 letters. */
function parsed(url: string): URL | null {
  try {
    return new URL(url)
  } catch {
    return null
  }
}
