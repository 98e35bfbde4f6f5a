/**
 * IP addresses and the networks that hold them, for the operator `cidr`. An address is its eight groups of 16 bits; an
 * IPv4 address is the IPv6 address that stands for it, ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2).
 */
import type { AbstractString } from './abstract-string.js'
import { cleaned, hostOf, ipv4Groups, ipv6Groups } from './host.js'
import { FALSE, type Kleene, TRUE, UNKNOWN } from './kleene.js'

/** Eight groups. */
export type Address = readonly number[]

/** How many of its bits all addresses of the network share, and its lowest address. */
export interface Network {
  readonly length: number
  readonly address: Address
}

/** The entries of a network in a list of the table: its length, then the eight groups. */
export const NETWORK_ENTRIES = 9
const IPV4_PREFIX = [0, 0, 0, 0, 0, 0xffff]

/** Whether the address that the text is, or that is the host of its URL, lies in one of the networks. */
export function cidrTest(subject: string | AbstractString, networks: readonly number[]): Kleene {
  const bare = typeof subject === 'string' ? ipv6Groups(withoutZone(cleaned(subject, false)).toLowerCase()) : undefined
  if (bare !== undefined) return isInSome(bare, networks)
  const host = hostOf(subject)
  if (host.kind === 'unknown' || (host.kind === 'none' && mayBeBare(subject))) return UNKNOWN
  const address = host.kind === 'host' ? addressNamed(host.name) : undefined
  return address === undefined ? FALSE : isInSome(address, networks)
}

/** The address that a host in its normal form is: `10.0.0.1` or `[::1]`; undefined for a name. */
export function addressNamed(name: string): Address | undefined {
  if (name.startsWith('[')) return ipv6Groups(name.slice(1, -1))
  const groups = ipv4Groups(name)
  return groups && [...IPV4_PREFIX, ...groups]
}

/** Whether a text known in part that reads like a URL of a short scheme, `ab:⟨any⟩`, may yet turn out an IPv6 address. */
function mayBeBare(subject: string | AbstractString): boolean {
  const start = typeof subject === 'string' ? undefined : subject.parts[0]
  if (typeof start !== 'string') return false
  return [...withoutZone(start).toLowerCase()].every(char => char <= ' ' || '0123456789abcdef:.'.includes(char))
}

/** An address without the link that it is to be reached over: `fe80::1%eth0` (RFC 4007, section 11). */
function withoutZone(text: string): string {
  const zone = text.indexOf('%')
  return zone === -1 ? text : text.slice(0, zone)
}

function isInSome(address: Address, networks: readonly number[]): Kleene {
  for (let at = 0; at < networks.length; at += NETWORK_ENTRIES) if (isIn(address, networks, at)) return TRUE
  return FALSE
}

function isIn(address: Address, networks: readonly number[], at: number): boolean {
  const length = networks[at] as number // whole networks
  // A network that is wider than IPv4 is one of IPv6 alone.
  if (length < 16 * IPV4_PREFIX.length && IPV4_PREFIX.every((group, i) => address[i] === group)) return false
  return address.every((group, i) => {
    const shared = Math.min(Math.max(length - 16 * i, 0), 16)
    return (group ^ (networks[at + 1 + i] as number)) >> (16 - shared) === 0 // whole networks
  })
}
