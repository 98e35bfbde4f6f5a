import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import { hostMatches, hostOf } from '../../../runtime/decide/host.js'

const any = { hole: 'any' } as const
const port = { hole: 'visible', at: false } as const

function nameOf(url: string): string {
  const host = hostOf(url)
  return host.kind === 'host' ? host.name : host.kind
}

describe('the host of a URL', () => {
  it.each([
    ['https://github.com/x', 'github.com'],
    ['http://a@b@evil.example:80/', 'evil.example'],
    ['http:\\\\evil.example\\@good.example', 'evil.example'],
    ['https://bücher.example/', 'xn--bcher-kva.example'],
    ['http://0x7f.1', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['http://[0:0:0:0:0:ffff:7f00:1]/', '[::ffff:7f00:1]'],
    ['EXAMPLE.com.', 'example.com'],
    ['localhost:3000/x', 'localhost'],
    ['https://ex%61mple.com', 'example.com'],
    ['https://１２７．０．０．１/', '127.0.0.1'],
    ['h\tttp://ex\nample.com', 'example.com'],
    ['file:///etc/passwd', 'none'],
    ['data:text/plain,x', 'none'],
    ['http://a b/', 'unknown'],
    ['http://x:99999/', 'unknown'],
    ['http://256.1.1.1/', 'unknown'],
    ['http://[::1', 'unknown'],
    ['', 'unknown'],
  ])('of %j is %s', (url, expected) => {
    expect(nameOf(url)).toBe(expected)
  })

  it('is what the URL standard says, wherever both give one', () => {
    const piece = fc.constantFrom(
      'a',
      'B',
      '.',
      '-',
      '1',
      '0',
      'x',
      '0x',
      '255',
      '256',
      '%41',
      '@',
      ':',
      ':80',
      'é',
      'ß',
      '[',
      ']',
      '::',
      '\\',
      '/',
      '?',
      '#',
      '。',
      'xn--',
      '_',
      '~',
      '!',
      "'",
      ' ',
    )
    let compared = 0
    fc.assert(
      fc.property(
        fc.constantFrom('http://', 'https:', 'ftp://', 'ws:/'),
        fc.array(piece, { minLength: 1, maxLength: 8 }),
        (scheme, pieces) => {
          const url = scheme + pieces.join('')
          const ours = nameOf(url)
          const theirs = standardHost(url)
          if (ours === 'unknown' || theirs === undefined) return
          compared++
          expect(ours).toBe(theirs)
        },
      ),
      { numRuns: 20000 },
    )
    expect(compared).toBeGreaterThan(4000)
  })

  it('is never missed where the standard finds a plain one', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/)
    fc.assert(
      fc.property(
        fc.array(label, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', ':80', ':'),
        fc.constantFrom('', 'u@', 'u:p@'),
        (labels, port, user) => {
          expect(nameOf(`https://${user}${labels.join('.')}${port}/p`)).toBe(labels.join('.'))
        },
      ),
    )
  })
})

/** Without trailing dots, which name the same host. */
function standardHost(url: string): string | undefined {
  try {
    return new URL(url).hostname.replace(/\.+$/, '')
  } catch {
    return undefined
  }
}

describe('URLs known in part', () => {
  it.each([
    [['https://github.com/', any], 'host'],
    [['https://github.com?', any], 'host'],
    [['https://github.com', any], 'unknown'],
    [['https://', any, '/x'], 'unknown'],
    [['https:', any], 'unknown'],
    [['github.com/', any], 'host'],
    [[any], 'unknown'],
    [['http://u@', any, '@github.com/'], 'unknown'],
    [['https://github.com:', port, '/x'], 'host'],
    [['https://[::1]:', port], 'host'],
    [['https://github.com:', any, '/x'], 'unknown'],
    [['https://github.com:', port, '@evil.example/'], 'unknown'],
    [['https://github.com:', port, any], 'unknown'],
    [['https://u@github.com:', port, '/'], 'unknown'],
    [['https://github.com', port, '/'], 'unknown'],
    [['https:', port, '/'], 'unknown'],
  ] as const)('%j: %s', (parts, kind) => {
    expect(hostOf(AbstractString.of(parts)).kind).toBe(kind)
  })
})

describe('host patterns', () => {
  it.each([
    ['github.com', 'github.com', true],
    ['api.github.com', 'github.com', true],
    ['evilgithub.com', 'github.com', false],
    ['github.com', '*.github.com', false],
    ['api.github.com', '*.github.com', true],
    ['1.127.0.0.1', '127.0.0.1', false],
    ['[::1]', '[::1]', true],
  ])('%s under %s: %s', (name, pattern, expected) => {
    expect(hostMatches(name, pattern)).toBe(expected)
  })
})
