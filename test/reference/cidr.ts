/** Whether an address lies in a network: both as one number of 128 bits, and families apart. */
import type { AbstractString } from '../../runtime/decide/abstract-string.js'
import { hostOf, hostOfPart, parsedHost, trimmed } from './host.js'
import { anyOf, type Truth, truth } from './truth.js'

interface Address {
  readonly bits: 32 | 128
  readonly number: bigint
}

export function cidrTest(subject: string | AbstractString, networks: readonly string[]): Truth {
  const address = addressOf(subject)
  if (address === 'unknown' || address === 'none') return address === 'none' ? 'false' : 'unknown'
  return anyOf(networks.map(network => truth(isIn(address, network))))
}

function addressOf(subject: string | AbstractString): Address | 'none' | 'unknown' {
  const bare = typeof subject === 'string' ? bareIpv6(trimmed(subject).replace(/%.*$/s, '')) : undefined
  if (bare !== undefined) return bare
  const host = typeof subject === 'string' ? hostOf(subject) : hostOfPart(subject)
  if (host.kind === 'host') return addressNamed(host.name) ?? 'none'
  return host.kind === 'none' && typeof subject !== 'string' && mayBecomeIpv6(subject) ? 'unknown' : host.kind
}

function bareIpv6(text: string): Address | undefined {
  const name = /^[0-9a-f:.]+$/i.test(text) ? parsedHost(`[${text}]`) : undefined
  return name === undefined ? undefined : addressNamed(name)
}

/** `ab:⟨any⟩` reads like a URL, and `ab::1` is an address. */
function mayBecomeIpv6({ parts: [first] }: AbstractString): boolean {
  return typeof first === 'string' && /^[0-9a-f:.]*$/i.test(first.replace(/%.*$/s, '').replace(/[\0- ]/g, ''))
}

/** An address in its normal form, `10.0.0.1` or `[::1]`; undefined for any other name. */
function addressNamed(name: string): Address | undefined {
  if (/^[0-9.]+$/.test(name)) return { bits: 32, number: joined(name.split('.').map(Number), 8) }
  if (!name.startsWith('[')) return undefined
  const number = joined(groups(name.slice(1, -1)), 16)
  return number >> 32n === 0xffffn ? { bits: 32, number: number & 0xffffffffn } : { bits: 128, number }
}

function joined(numbers: readonly number[], bits: number): bigint {
  return numbers.reduce((sum, number) => (sum << BigInt(bits)) | BigInt(number), 0n)
}

/** `::` stands for as many zeros as are missing. */
function groups(text: string): readonly number[] {
  const [head = [], tail = []] = text.split('::').map(half => (half === '' ? [] : half.split(':').map(group => Number.parseInt(group, 16))))
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail]
}

function isIn(address: Address, network: string): boolean {
  const [host = '', written] = network.split('/')
  const name = parsedHost(host.includes(':') ? `[${host}]` : host)
  const base = name === undefined ? undefined : addressNamed(name)
  if (base === undefined) throw new Error(`\`${network}\` is no network`)
  const bits = host.includes(':') ? 128 : 32
  const free = BigInt(bits - (written === undefined ? bits : Number(written)))
  return base.bits === address.bits && base.number >> free === address.number >> free
}
