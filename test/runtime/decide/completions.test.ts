/** An operator on a string known in part is decided over all completions: against trying short completions one by one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AbstractString, type Part } from '../../../runtime/decide/abstract-string.js'
import { wholeCall } from '../../../runtime/decide/check-request.js'
import type { Decider } from '../../../runtime/decide/decider.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { encodeTable } from '../../../compiler/table/encode.js'
import { fillingsOf } from '../../support/fillings.js'
import { lowerForTest } from '../../support/lower-for-test.js'

function deciderOf(operator: string, value: string): Decider {
  const condition = JSON.stringify({ 'params.x': { op: operator, value } })
  return openDecider(encodeTable(lowerForTest(`statements: [{ sid: S, effect: deny, conditions: ${condition}, on_possible: review }]`), ''))
}

type Truth = 'true' | 'false' | 'unknown'

function truthOf(decider: Decider, x: string | AbstractString): Truth {
  return decider.explain(wholeCall({ action: 'any', params: { x }, context: {} }))[0]?.condition ?? 'false'
}

const FILLINGS = fillingsOf(['a', 'b', '/', ' ', 'é', '\n', '😀'])

const piece = fc.constantFrom('a', 'b', '/', ' ', 'é', '.', '[ab]', '[^a]', '\\b', '\\s', '\\w', 'a*', '(?:ab)?', '.*', '^', '$')
const hole = fc.constantFrom('any', 'below', 'segment', 'char', 'visible').map((kind): Part => ({ hole: kind }))
const pattern = fc.oneof(
  fc.record({ operator: fc.constant('regex'), value: fc.array(piece, { minLength: 1, maxLength: 3 }).map(pieces => pieces.join('')) }),
  fc.record({
    operator: fc.constantFrom('contains', 'starts_with', 'ends_with', '>', '<=', '=='),
    value: fc.constantFrom('a', 'ab', '/a', 'é', 'b '),
  }),
  fc.record({ operator: fc.constant('glob'), value: fc.constantFrom('a*', '*a', '?', 'a?b', '[ab]*', '[!a]', '*/*') }),
)

describe('a string with one hole', () => {
  it('has the value that its completions have', () => {
    const seen = { true: 0, false: 0, unknown: 0 }
    fc.assert(
      fc.property(
        pattern,
        fc.constantFrom('', 'a', 'b/', ' '),
        hole,
        fc.constantFrom('', 'a', '/b', ' '),
        ({ operator, value }, before, middle, after) => {
          const decider = deciderOf(operator, value)
          const partly = truthOf(decider, AbstractString.of([before, middle, after]))
          const whole = new Set(
            FILLINGS[(middle as { hole: keyof typeof FILLINGS }).hole].map(text => truthOf(decider, before + text + after)),
          )
          seen[partly]++
          // Four characters are enough to reach every state of these patterns.
          expect(partly).toBe(whole.size === 2 ? 'unknown' : [...whole][0])
        },
      ),
      { numRuns: 600 },
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20)
  })
})

describe('a string with many parts', () => {
  it('has a value that each of its completions has', () => {
    const seen = { true: 0, false: 0, unknown: 0 }
    const few = { any: ['', ' /', 'a'], below: ['', '/b'], segment: ['', 'a'], char: ['a', 'b'], visible: ['a', 'ab'] } as const
    const part = fc.oneof(fc.constantFrom('a', 'b/', ' '), hole)
    fc.assert(
      fc.property(
        pattern,
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 10, max: 40 }),
        ({ operator, value }, unit, length) => {
          const decider = deciderOf(operator, value)
          const parts = Array.from({ length }, (_, i) => unit[i % unit.length] ?? '')
          const partly = truthOf(decider, AbstractString.of(parts))
          seen[partly]++
          for (let choice = 0; choice < 6; choice++) {
            const whole = parts.map((each, i) =>
              typeof each === 'string' ? each : (few[each.hole][(choice * (i + 1)) % few[each.hole].length] ?? ''),
            )
            if (partly !== 'unknown') expect(truthOf(decider, whole.join(''))).toBe(partly)
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20)
  })

  it('is decided in a time that grows with their number alone', () => {
    const decider = deciderOf('regex', 'a.{9}b')
    const start = process.cpuUsage()
    const many = (parts: readonly Part[]) => AbstractString.of(Array.from({ length: 20_000 }, (_, i) => parts[i % parts.length] ?? ''))
    for (const kind of ['any', 'below', 'segment', 'visible'] as const)
      expect(truthOf(decider, many([{ hole: kind }, '/']))).toBe('unknown')
    expect(truthOf(decider, many([{ hole: 'visible' }]))).toBe('unknown')
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2000)
  })
})

describe('many different texts', () => {
  it('are each answered as at first, when more was found than is remembered', () => {
    const words = Array.from({ length: 4096 }, (_, i) => i.toString(2).padStart(12, '0').replaceAll('0', 'b').replaceAll('1', 'a'))
    for (const end of ['', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) {
      const decider = deciderOf('regex', `a[ab]{11}${end}$`)
      for (const word of words) {
        const expected = word.startsWith('a') ? 'true' : 'false'
        if (truthOf(decider, AbstractString.of([{ hole: 'any' }, `${word}${end}`])) !== expected) expect(word).toBe(expected)
      }
    }
  })
})
