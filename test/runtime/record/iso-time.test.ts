import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoTime } from '../../../runtime/record/iso-time.js'

describe('the time of a record', () => {
  it('is what the language makes of it, in the years of four digits', () => {
    const time = fc.integer({ min: Date.parse('0000-01-01T00:00:00.000Z'), max: Date.parse('9999-12-31T23:59:59.999Z') })
    fc.assert(fc.property(time, ms => isoTime(ms) === new Date(ms).toISOString()))
    for (const ms of [0, 1, -1, 999, Date.UTC(2024, 1, 29), Date.UTC(9999, 11, 31, 23, 59, 59, 999)])
      expect(isoTime(ms)).toBe(new Date(ms).toISOString())
  })
})
