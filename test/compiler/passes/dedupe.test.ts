import { describe, expect, it } from 'vitest'
import { optimise } from '../../../compiler/passes/optimise.js'
import { lowerForTest } from '../../support/lower-for-test.js'
import { optimised } from './support/evaluated.js'

const sizes = (conditions: readonly string[]) => {
  const plain = optimised(conditions, [])
  const shared = optimised(conditions, ['dedupe'])
  return { tests: [plain.tests.length, shared.tests.length], patterns: [plain.patterns.length, shared.patterns.length] }
}

describe('dedupe', () => {
  it('shares equal tests across statements', () => {
    expect(sizes(['x == "a" and y > 1', 'y > 1 or x == "a"'])).toEqual({ tests: [4, 2], patterns: [0, 0] })
  })

  it('shares patterns that are written differently and match the same', () => {
    expect(sizes(['x matches "ab|ac"', 'y matches r"a[bc]"', 'z matches r"(?:a)(?=[bc])."'])).toEqual({ tests: [3, 3], patterns: [3, 1] })
    expect(sizes(['x matches "ab"', 'x matches es r"(ab)"', 'x glob "*ab*"'])).toEqual({ tests: [3, 1], patterns: [3, 1] })
  })

  it('keeps what differs in field, negation, operator or pattern', () => {
    expect(sizes(['x == "a"', 'y == "a"', 'x != "a"', 'x == 5', 'x == "5"'])).toEqual({ tests: [5, 5], patterns: [0, 0] })
    // A list contains one or the other, whatever their texts are.
    expect(sizes(['x contains 5', 'x contains "5"'])).toEqual({ tests: [2, 2], patterns: [2, 1] })
    expect(sizes(['x matches "a"', 'x matches "A"'])).toEqual({ tests: [2, 2], patterns: [2, 2] })
  })

  it('shares the two readings of a path that has no letters', () => {
    expect(sizes(['x path "/1/*"'])).toEqual({ tests: [1, 1], patterns: [2, 1] })
    expect(sizes(['x path "/a/*"'])).toEqual({ tests: [1, 1], patterns: [2, 2] })
  })

  it('leaves every statement its own words', () => {
    const { statements } = optimised(['x matches "ab|ac"', 'x matches r"a[bc]"'], ['dedupe'])
    expect(statements.map(statement => statement.written)).toMatchObject([
      { test: 0, words: 'x regex "ab|ac"' },
      { test: 0, words: 'x regex "a[bc]"' },
    ])
  })

  it('shares the globs of actions with other patterns, and drops what nobody uses', () => {
    const ir = lowerForTest('statements: [{ effect: deny, actions: ["a*"], when: x glob "a*" }]')
    const used = optimise(ir, ['dedupe'])
    expect(used).toMatchObject({ patterns: [{ source: { kind: 'glob', source: 'a*' } }], statements: [{ actions: [{ pattern: 0 }] }] })
    const unused = { ...ir, tests: [...ir.tests, ...ir.tests], patterns: [...ir.patterns, ...optimised(['x matches "b"'], []).patterns] }
    expect(optimise(unused, ['dedupe'])).toEqual(used)
  })
})
