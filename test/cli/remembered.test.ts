import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Remembered } from '../../cli/remembered.js'

describe('Remembered', () => {
  it('gives what was kept under the key or nothing, and what was just kept for certain', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 3 }))), asked => {
        const remembered = new Remembered<number>(64)
        for (const [key, value] of asked) {
          const known = remembered.get(`${key}`)
          expect(known === undefined || known === key * 10).toBe(true)
          remembered.keep(`${key}`, key * 10, value)
          expect(remembered.get(`${key}`)).toBe(value + `${key}`.length <= 4 ? key * 10 : known)
        }
      }),
    )
  })
  it('keeps what is asked for again and forgets the rest', () => {
    const remembered = new Remembered<string>(100)
    for (let i = 0; i < 1000; i++) {
      remembered.keep(`k${i}`, 'v', 1)
      expect(i === 0 || remembered.get('k0') === 'v').toBe(true)
    }
    const left = Array.from({ length: 1000 }, (_, i) => remembered.get(`k${i}`)).filter(value => value !== undefined)
    expect(left.length).toBeLessThan(60)
    remembered.clear()
    expect(remembered.get('k0')).toBeUndefined()
  })
  it('does not let one long text take the place of all others', () => {
    const remembered = new Remembered<string>(1600)
    remembered.keep('short', 'v', 1)
    remembered.keep('x'.repeat(101), 'v', 0)
    expect([remembered.get('short'), remembered.get('x'.repeat(101))]).toEqual(['v', undefined])
  })
})
