import { BlockList } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNetwork } from '../../../compiler/lower/network.js'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import { UNKNOWN } from '../../../runtime/decide/kleene.js'
import { cidrTest } from '../../../runtime/decide/network.js'

function words(network: string): readonly number[] {
  const parsed = parseNetwork(network)
  if ('code' in parsed) throw new Error(parsed.message)
  return [parsed.length, ...parsed.address]
}

const NAMES = ['false', 'unknown', 'true']

function truth(subject: string | AbstractString, ...networks: readonly string[]): string | undefined {
  return NAMES[cidrTest(subject, networks.flatMap(words))]
}

describe('an address in a network', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', 'true'],
    ['11.1.2.3', '10.0.0.0/8', 'false'],
    ['http://0xa.1/', '10.0.0.0/8', 'true'],
    ['http://167772161:80/x', '10.0.0.0/8', 'true'],
    ['https://user@10.0.0.1\\@x', '10.0.0.0/8', 'true'],
    ['10.0.0.1', '0.0.0.0/0', 'true'],
    ['::1', '::1', 'true'],
    ['0:0:0:0:0:0:0:1', '::1/128', 'true'],
    [' FE80::1\n', 'fe80::/10', 'true'],
    ['http://[fe80::1]/', 'fe80::/10', 'true'],
    ['fec0::1', 'fe80::/10', 'false'],
    ['ab::1', 'ab::/16', 'true'],
    ['fe80::1%eth0', 'fe80::/10', 'true'],
    // The same address, whichever way it is written.
    ['::ffff:10.0.0.1', '10.0.0.0/8', 'true'],
    ['http://[::ffff:a00:1]/', '10.0.0.0/8', 'true'],
    ['10.0.0.1', '::ffff:10.0.0.0/104', 'true'],
    ['10.0.0.1', '::ffff:0:0/96', 'true'],
    // The families apart.
    ['10.0.0.1', '::/0', 'false'],
    ['::ffff:10.0.0.1', '::/0', 'false'],
    ['::1', '0.0.0.0/0', 'false'],
    ['::1', '::/0', 'true'],
    ['localhost', '127.0.0.0/8', 'false'],
    ['https://10.example/', '10.0.0.0/8', 'false'],
    ['file:///etc/passwd', '::/0', 'false'],
    ['http://256.1.1.1/', '0.0.0.0/0', 'unknown'],
    ['http://[::1', '::/0', 'unknown'],
    ['', '::/0', 'unknown'],
  ])('%j in %s is %s', (subject, network, expected) => {
    expect(truth(subject, network)).toBe(expected)
  })

  it('is what the engine says of every address and network', () => {
    const seen = { false: 0, true: 0 }
    const bits = fc.constantFrom<'ipv4' | 'ipv6'>('ipv4', 'ipv6')
    fc.assert(
      fc.property(bits, fc.bigInt(0n, 2n ** 128n - 1n), fc.bigInt(0n, 2n ** 128n - 1n), fc.nat(128), (family, a, b, shared) => {
        const size = family === 'ipv4' ? 32 : 128
        const length = shared % (size + 1)
        const free = BigInt(size - length)
        const network = ((a & (2n ** BigInt(size) - 1n)) >> free) << free
        // Half of the addresses share the prefix.
        const address = (b & 1n) === 0n ? network | (b & (2n ** free - 1n)) : b & (2n ** BigInt(size) - 1n)
        const list = new BlockList()
        list.addSubnet(written(network, family), length, family)
        const inList = list.check(written(address, family), family)
        seen[inList ? 'true' : 'false']++
        expect(truth(written(address, family), `${written(network, family)}/${length}`)).toBe(String(inList))
      }),
      { numRuns: 1000 },
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(100)
  })

  it('is told of a text known in part only where every completion agrees', () => {
    const fillings = [
      '',
      ':',
      '::',
      '1',
      ':1',
      '::1',
      'c:1:2:3:4:5:6',
      '0.0.1',
      '.0.0.1',
      'x',
      '/',
      '//10.0.0.1',
      '@10.0.0.1',
      ' ',
      ']',
      ':80/',
    ]
    const starts = [
      '',
      'ab:',
      'ab:%',
      'ab:c',
      'ab',
      '10.',
      'http://10.0.0.1',
      'http://10.0.0.1/',
      'http:',
      'file:/',
      'x:',
      '::',
      '\tab:',
      'ab: ',
      'http://[::1]/',
      'http://[',
    ]
    let known = 0
    for (const start of starts)
      for (const end of ['', '/', ':1', '0.0.1/'])
        for (const network of ['10.0.0.0/8', 'ab::/16', '::/0', '0.0.0.0/0']) {
          const partly = cidrTest(AbstractString.of([start, { hole: 'any' }, end]), words(network))
          if (partly === UNKNOWN) continue
          known++
          for (const filling of fillings) expect(cidrTest(start + filling + end, words(network)), `${start}${filling}${end}`).toBe(partly)
        }
    expect(known).toBeGreaterThan(20)
  })
})

function written(address: bigint, family: 'ipv4' | 'ipv6'): string {
  const [count, size, radix, dot] = family === 'ipv4' ? [4, 8, 10, '.'] : ([8, 16, 16, ':'] as const)
  const groups = Array.from({ length: count }, (_, i) => (address >> BigInt(size * (count - 1 - i))) & (2n ** BigInt(size) - 1n))
  return groups.map(group => group.toString(radix)).join(dot)
}

describe('a network that is none', () => {
  it.each([
    ['10.1.2.3/8', '`10.0.0.0/8` for the network'],
    ['10.1.2.3/0', '`0.0.0.0/0` for the network'],
    ['fe80::1/10', '`fe80::/10` for the network'],
    ['2001:db8::1/0', '`::/0` for the network'],
    ['::1/64', '`::/64` for the network'],
    ['1:0:0:2::/33', '`1::/33` for the network'],
    ['10.0.0.0/33', '`10.0.0.0` for the one address'],
    ['10.0.0.0/08', '`10.0.0.0` for the one address'],
    ['::/129', '`::` for the one address'],
    ['10.0.0.0/', '`10.0.0.0` for the one address'],
    ['[::1]', 'without brackets: `::1`'],
    ['[::]/0', 'without brackets: `::/0`'],
    ['010.0.0.1', 'an address in full'],
    ['10.0.0', 'an address in full'],
    ['10.0.0.0/8/8', 'an address in full'],
    ['localhost', 'an address in full'],
    ['', 'an address in full'],
    ['::1%eth0', 'an address in full'],
  ])('%j: what to write is said', (text, help) => {
    const parsed = parseNetwork(text)
    if (!('code' in parsed)) throw new Error('it is taken for a network')
    expect(parsed.code).toBe('bad-network')
    expect(parsed.help).toContain(help)
  })
})
