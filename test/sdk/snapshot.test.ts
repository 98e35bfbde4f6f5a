import { types } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createGuard } from '../../sdk/index.js'
import { allow } from '../../sdk/rules.js'
import { NotData, snapshot } from '../../sdk/snapshot.js'

const cyclic: Record<string, unknown> = {}
cyclic['self'] = { deeper: [cyclic] }

function deep(levels: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = { value }
  return value
}

const HOSTILE: readonly (readonly [what: string, input: unknown])[] = [
  ['a list', []],
  ['a text that is no JSON', '{"a":'],
  ['the JSON of a list', '[]'],
  ['an empty text', ''],
  ['a number', 1],
  ['null', null],
  ['nothing', undefined],
  ['a function', () => 1],
  ['a map with a function', { run: () => 1 }],
  ['a map with a symbol', { a: Symbol('a') }],
  ['itself', cyclic],
  ['a proxy', new Proxy({}, {})],
  ['a proxy within', { a: [new Proxy({}, {})] }],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no')
        },
      },
    ),
  ],
  [
    'a getter that throws',
    {
      get a(): string {
        throw new Error('no')
      },
    },
  ],
  [
    'a getter that does not',
    {
      get a(): string {
        return 'x'
      },
    },
  ],
  ['a getter in a list', Object.defineProperty([], '0', { get: () => 'x', enumerable: true })],
  ['an instance of a class', new Map()],
  ['an error that has no message', { a: Object.create(Error.prototype) as unknown }],
  ['what is too deep', deep(5000)],
]

describe('arguments', () => {
  const guard = createGuard({ rules: [allow('*')] })

  it.each(HOSTILE)('that are %s are no data', (_, input) => {
    expect(() => snapshot(input, value => types.isProxy(value))).toThrow()
    const use = { framework: 'test', name: 'tool', input }
    expect(guard.authorizeSync(use).kind).toBe('refused')
    // Where nothing is given, an action has no parameters.
    if (input !== undefined) expect(guard.check('some.action', input).decision).toBe('deny')
  })

  it('are copied, so that nobody changes what was decided', () => {
    const input = { to: ['a'], more: { n: 1 } }
    const { given, seen } = snapshot(input, () => false)
    input.to.push('b')
    input.more.n = 2
    expect(given).toEqual({ to: ['a'], more: { n: 1 } })
    expect(seen).toBe(given)
  })

  it('keep their dates and big integers, which policies see as text', () => {
    const at = new Date(0)
    const { given, seen } = snapshot({ at, big: 10n ** 20n, list: [at] }, () => false)
    expect(given).toEqual({ at, big: 10n ** 20n, list: [at] })
    expect(given['at']).not.toBe(at)
    expect(seen).toEqual({ at: '1970-01-01T00:00:00.000Z', big: '100000000000000000000', list: ['1970-01-01T00:00:00.000Z'] })
  })

  it('may be called `__proto__`, which makes nothing of them', () => {
    const { seen } = snapshot('{"__proto__":{"command":"ls"},"constructor":1}', () => false)
    expect(Object.keys(seen)).toEqual(['__proto__', 'constructor'])
    const copied = snapshot({ a: JSON.parse('{"__proto__":{"x":1}}') as unknown }, () => false).given
    expect(Object.keys(copied['a'] ?? {})).toEqual(['__proto__'])
    expect((copied['a'] as { readonly x?: number }).x).toBeUndefined()
  })

  it('of another realm, or without a prototype, are maps like any other', () => {
    expect(snapshot(Object.assign(Object.create(null) as object, { a: 1 }), () => false).seen).toEqual({ a: 1 })
  })

  it('say why they are none', () => {
    expect(() => snapshot({ m: new Map() }, () => false)).toThrow(new NotData('the arguments hold an object of the class `Map`'))
  })
})
