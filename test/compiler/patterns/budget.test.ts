import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../compiler/patterns/compile-pattern.js'

function outcome(source: string): string | number {
  const result = compilePattern({ kind: 'regex', source, dialect: 'python' })
  return result.ok ? result.automaton.stateCount : result.error.code
}

/** Each is about half a second of the slowest machine that tests are run on; a pattern that hangs takes hours. */
const patienceMs = 5_000

describe('what one pattern may cost', () => {
  it.each([
    ['x.{16}y', 'two to the power of 16 states'],
    ['((a{1,100}){1,100}){1,10}', 'a hundred thousand copies'],
    ['(.{1,9}a){9}', 'gaps of many lengths'],
    ['(?:a.{0,50}){5}b', 'gaps within gaps'],
    ['(?:){4294967294}', 'four thousand million copies of nothing'],
    ['(?:(?=a)){4294967294}', 'four thousand million copies of an assertion'],
    ['(?=.{0,9}a)(?=.{0,9}b)(?=.{0,9}c)(?=.{0,9}d)(?=.{0,9}e).{99}', 'five obligations from every position'],
    ['(?<!a.{20})b', 'a long memory'],
    ['(?!(?:a|(?!(?:b|(?!.*c.{5}d).*e.{6}f).*g.{4}h).*i){3}).*j(?=.*k.{3}l)m', 'nested negations'],
    ['(?:'.repeat(100_000), 'nested groups'],
    ['a'.repeat(30_000), 'a long text'],
    ['|'.repeat(1_000_000), 'a million alternatives'],
    [Array.from({ length: 3_000 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join(''), 'as many classes as states'],
  ])(
    '%.40s is too much: %s',
    source => {
      expect(outcome(source)).toBe('pattern-too-large')
    },
    patienceMs,
  )

  it.each([
    ['x.{8}y', 513],
    ['^[A-Za-z0-9]{1,1000}$', 1003],
    ['(\\w+\\s?)*$', 1],
    ['(a+)+b', 3],
    ['^(?:a|aa)+$', 4],
    ['(?<!a.{10})b', 2049],
    ['^(?=.*\\d)(?=.*[a-z])(?=.*[A-Z])(?=.*[^\\w\\s]).{8,64}$', 978],
    ['(?=.*\\d)(?=.*[a-z])(?=.*[A-Z])(?=.*[^\\w]).{8,64}', 88],
  ])(
    '%s is not: %i states',
    (source, states) => {
      expect(outcome(source)).toBe(states)
    },
    patienceMs,
  )

  it('compiles texts of some thousand characters', () => {
    for (const kind of ['contains', 'prefix', 'suffix'] as const) {
      const result = compilePattern({ kind, source: Array.from({ length: 1_000 }, (_, at) => String(at)).join(' ') })
      expect(result.ok && result.automaton.stateCount).toBeGreaterThan(3_800)
    }
    const order = compilePattern({ kind: 'order', relation: '<', source: 'abcde'.repeat(1_500) })
    expect(order.ok && order.automaton.stateCount).toBeGreaterThan(7_500)
  })

  it('is the same error every time, with help, over the whole pattern', () => {
    const [first, second] = [1, 2].map(() => compilePattern({ kind: 'regex', source: 'x.{16}y', dialect: 'es' }))
    expect(first).toEqual(second)
    expect(first).toMatchObject({ ok: false, error: { offset: 0, length: 7, help: expect.stringContaining('x.*y') } })
  })
})
