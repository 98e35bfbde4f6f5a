import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskSecrets } from '../../../runtime/record/mask-secrets.js'

const alnum = fc.stringMatching(/^[A-Za-z0-9]{36}$/)

/** Made here: shaped like secrets, known to nobody. */
const shapes: readonly (readonly [string, (secret: string) => string])[] = [
  ['a GitHub token', s => `git clone https://x@github.com && echo ghp_${s}`],
  ['an AWS key id', s => `aws configure set aws_access_key_id AKIA${s.toUpperCase()}`],
  ['a model provider key', s => `curl -H "x-api-key: sk-ant-api03-${s}" https://api.example`],
  ['a JSON web token', s => `curl -H 'Cookie: jwt=eyJ${s}.${s}.${s}' x`],
  ['a bearer header', s => `curl -H "Authorization: Bearer ${s}" https://api.example/x`],
  ['a basic header', s => `curl -H 'authorization: basic ${s}' x`],
  ['a password in a URL', s => `psql postgres://app:${s}@db.internal/app`],
  ['a token in a URL', s => `git push https://${s}@git.example/x.git`],
  ['a variable', s => `DB_PASSWORD=${s} npm start`],
  ['an exported variable', s => `export GITHUB_TOKEN='${s}'`],
  ['an option', s => `deploy --api-key ${s} --verbose`],
  ['an option with =', s => `deploy --client-secret=${s}`],
  ['a JSON body', s => `curl -d '{"user":"x","password":"${s}"}' x`],
  ['an escaped JSON body', s => `curl -d "{\\"token\\": \\"${s}\\"}" x`],
  ['a private key', s => `echo "-----BEGIN OPENSSH PRIVATE KEY-----\n${s}\n${s}\n-----END OPENSSH PRIVATE KEY-----" > k`],
  ['a private key cut short', s => `-----BEGIN RSA PRIVATE KEY-----\n${s}`],
]

describe('secrets', () => {
  it.each(shapes)('%s is masked', (_, text) => {
    fc.assert(
      fc.property(alnum, secret => {
        const masked = maskSecrets(text(secret))
        expect(masked.toLowerCase()).not.toContain(secret.toLowerCase())
        expect(masked).toContain('[masked]')
      }),
    )
  })

  it('leaves what surrounds them', () => {
    expect(maskSecrets('curl -H "Authorization: Bearer abcdefghijkl" https://x')).toBe('curl -H "Authorization: Bearer [masked]" https://x')
    expect(maskSecrets('psql postgres://app:hunter22@db/app')).toBe('psql postgres://app:[masked]@db/app')
    expect(maskSecrets('A_TOKEN=abc123 run; ls')).toBe('A_TOKEN=[masked] run; ls')
  })
})

describe('harmless text', () => {
  it.each([
    'git status --short',
    'npm test -- --run src/token.test.ts',
    'grep -rn "password" src',
    'cat docs/secrets.md',
    'echo $GITHUB_TOKEN',
    'curl -H "Authorization: Bearer $TOKEN" https://x',
    'export TOKEN=$(pass show x)',
    'ls sk-learn/ skip-tests/',
    'https://github.com/a/b@v1.2',
    'ssh git@github.com',
    'SELECT token, secret FROM t',
  ])('%j is as it was', text => {
    expect(maskSecrets(text)).toBe(text)
  })
})

describe('any text', () => {
  it('gives a text, twice the same', () => {
    const piece = fc.constantFrom(
      'password=',
      'token: ',
      '://',
      '@',
      ':',
      'Bearer ',
      '-----BEGIN ',
      'PRIVATE KEY',
      '-----',
      'sk-',
      ' ',
      '"',
      "'",
      '\\',
      'aaaaaaaaaaaaaaaaaaaaaaaa',
      '\n',
      '😀',
      '\ud800',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), pieces => {
        const once = maskSecrets(pieces.join(''))
        expect(maskSecrets(pieces.join(''))).toBe(once)
      }),
    )
  })

  it.each(['password=', 'token ', '://a@', 'Bearer ', '-----BEGIN PRIVATE KEY-----', 'eyJ', '--api-key '])(
    'is read in linear time: %j repeated',
    piece => {
      const time = (n: number) => Math.min(...[1, 2, 3].map(() => timeOf(piece.repeat(n))))
      time(4000)
      // Quadratic work on eight times the text would take sixty-four times as long.
      expect(time(32_000)).toBeLessThan(32 * Math.max(time(4000), 4))
    },
  )
})

function timeOf(text: string): number {
  const start = performance.now()
  maskSecrets(text)
  return performance.now() - start
}
