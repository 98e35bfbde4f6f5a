/** Networks as policies write them: `10.0.0.0/8`, `fe80::/10`, or one address. */
import { addressNamed, type Address, type Network } from '../../runtime/decide/network.js'
import type { PatternError } from '../patterns/pattern-error.js'

export function parseNetwork(text: string): Network | PatternError {
  const [host = '', prefix, ...more] = text.split('/')
  const address = addressNamed(host.includes(':') ? `[${host.toLowerCase()}]` : host)
  if (address === undefined || more.length > 0) return rejected(text, 'is no IP address or network', helpFor(text))
  const bits = host.includes(':') ? 128 : 32
  const shared = prefix === undefined ? bits : prefixLength(prefix, bits)
  if (shared === undefined)
    return rejected(text, `needs a number from 0 to ${bits} behind its \`/\``, `write \`${host}\` for the one address`)
  const length = 128 - bits + shared
  const lowest = withoutHostBits(address, length)
  if (lowest.some((group, i) => group !== address[i])) return hostBits(text, host, lowest, length, bits)
  return { length, address }
}

function prefixLength(text: string, bits: number): number | undefined {
  return /^(0|[1-9][0-9]{0,2})$/.test(text) && Number(text) <= bits ? Number(text) : undefined
}

function withoutHostBits(address: Address, length: number): Address {
  return address.map((group, i) => group & (0xffff << (16 - Math.min(Math.max(length - 16 * i, 0), 16))) & 0xffff)
}

function rejected(text: string, what: string, help: string): PatternError {
  return { code: 'bad-network', message: `\`${text}\` ${what}`, offset: 0, length: text.length, help }
}

function helpFor(text: string): string {
  const bare = text.replace(/^\[(.*)\]/, '$1')
  if (bare !== text && !('code' in parseNetwork(bare))) return `write it without brackets: \`${bare}\``
  return 'write an address in full, or a network as in `10.0.0.0/8` or `fd00::/8`; `host` is for names'
}

function hostBits(text: string, host: string, lowest: Address, length: number, bits: number): PatternError {
  const network = `${addressText(lowest, bits)}/${length - 128 + bits}`
  return rejected(text, 'has bits set beyond its prefix', `write \`${network}\` for the network, or \`${host}\` for the one address`)
}

function addressText(address: Address, bits: number): string {
  if (bits === 32)
    return address
      .slice(6)
      .flatMap(group => [group >> 8, group & 255])
      .join('.')
  return address
    .map(group => group.toString(16))
    .join(':')
    .replace(/(^|:)0(:0)+(:|$)/, '::')
}
