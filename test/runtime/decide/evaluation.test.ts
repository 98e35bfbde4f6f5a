/** Operators at the borders of what they tell apart. */
import { describe, expect, it } from 'vitest'
import { encodeTable } from '../../../compiler/table/encode.js'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import { wholeCall } from '../../../runtime/decide/check-request.js'
import { Constants, Evaluation } from '../../../runtime/decide/evaluation.js'
import { LiteralIndex } from '../../../runtime/decide/literal-index.js'
import { openDecider } from '../../../runtime/decide/open.js'
import { FALSE, TRUE } from '../../../runtime/decide/kleene.js'
import type { Value, ValueMap } from '../../../runtime/decide/request.js'
import { inMemory, SECTION, Table } from '../../../runtime/decide/table.js'
import { lowerForTest } from '../../support/lower-for-test.js'

function truth(op: string, value: unknown, x: Value): string | undefined {
  const statements = [{ sid: 'S', effect: 'deny', conditions: { 'params.x': { op, value } } }]
  const decider = openDecider(encodeTable(lowerForTest(JSON.stringify({ statements })), ''))
  return decider.explain(wholeCall({ action: 'a', params: { x }, context: {} }))[0]?.condition
}

const anything = AbstractString.of([{ hole: 'any' }])

describe('order', () => {
  it.each([
    ['<', ['true', 'false', 'false']],
    ['<=', ['true', 'true', 'false']],
    ['>', ['false', 'false', 'true']],
    ['>=', ['false', 'true', 'true']],
  ])('%s a number, and a text', (op, expected) => {
    expect([-1.5, 2, 2.5].map(x => truth(op, 2, x))).toEqual(expected)
    expect(['b', 'ba', 'bb'].map(x => truth(op, 'ba', x))).toEqual(expected)
  })

  it('is not known between types', () => {
    expect([['1'], {}, true, '3', anything].map(x => truth('<', 2, x))).toEqual(Array(5).fill('unknown'))
    expect([['a'], {}, true, 1, anything].map(x => truth('<', 'b', x))).toEqual(Array(5).fill('unknown'))
  })
})

describe('membership', () => {
  it('is by type and value, deeply', () => {
    const list = [1, 'a', true]
    expect([1, '1', 'a', true, 'true', 2].map(x => truth('in', list, x))).toEqual(['true', 'false', 'true', 'true', 'false', 'false'])
    expect([['a'], {}].map(x => truth('in', list, x))).toEqual(['false', 'false'])
    expect(truth('in', [[1], { a: [2] }], [1])).toBe('true')
    expect(truth('in', [[1], { a: [2] }], { a: [2] })).toBe('true')
    expect(truth('in', [[1], { a: [2] }], { a: [3] })).toBe('false')
    expect(truth('in', [['b']], [anything])).toBe('unknown')
    expect(truth('in', list, anything)).toBe('unknown')
    expect(truth('in', [1, true], anything)).toBe('false')
    expect(truth('in', list, AbstractString.of(['b', { hole: 'any' }]))).toBe('false')
  })
})

describe('contains', () => {
  it('looks at the elements of a list, and into a text', () => {
    expect([['a', 5], ['b'], [], 'cat', 'dog', {}, 5].map(x => truth('contains', 'a', x))).toEqual([
      'true',
      'false',
      'false',
      'true',
      'false',
      'unknown',
      'false',
    ])
    expect([[5], ['5'], 'a5', 5, 15, anything].map(x => truth('contains', 5, x))).toEqual([
      'true',
      'false',
      'true',
      'true',
      'true',
      'unknown',
    ])
    expect(truth('contains', 'a', ['b', anything])).toBe('unknown')
    expect(truth('contains', 'a', ['a', anything])).toBe('true')
  })
})

describe('contains of what is no text', () => {
  it('is not known of one', () => {
    const ir = lowerForTest("statements: [{ effect: deny, conditions: { x: { op: contains, value: 'a' } } }]")
    const tests = ir.tests.map(test => ({ ...test, operation: { kind: 'contains' as const, value: ['a'] } }))
    const decider = openDecider(encodeTable({ ...ir, tests }, ''))
    const conditionOf = (x: Value) => decider.explain(wholeCall({ action: 'a', params: { x }, context: {} }))[0]?.condition
    expect([[['a']], ['a'], 'a', 5].map(conditionOf)).toEqual(['true', 'false', 'unknown', 'unknown'])
  })
})

describe('a host, and a network', () => {
  it('of what is no text are not known', () => {
    for (const [op, value] of [
      ['host', 'a.org'],
      ['cidr', '10.0.0.0/8'],
      ['regex', 'a'],
      ['path', '/a'],
    ]) {
      expect([['x'], {}].map(x => truth(op ?? '', value, x))).toEqual(['unknown', 'unknown'])
    }
    expect(['a.org', 'b.a.org', 'b.org', 'file:///x', 'http://', 5].map(x => truth('host', 'a.org', x))).toEqual([
      'true',
      'true',
      'false',
      'false',
      'unknown',
      'false',
    ])
  })
})

describe('elements', () => {
  it('are wanted all, or any', () => {
    expect([[5], ['5'], [true], [['5']]].map(x => truth('has', '5', x))).toEqual(['true', 'true', 'false', 'false'])
    expect([[5], ['5'], 5].map(x => truth('has', 5, x))).toEqual(['true', 'false', 'unknown'])
    expect([['a', 'b'], ['a'], [], 'a', ['a', anything]].map(x => truth('has_all', ['a', 'b*'], x))).toEqual([
      'true',
      'false',
      'false',
      'unknown',
      'unknown',
    ])
    expect([['bc'], ['c'], [], 'a', ['c', anything], [5]].map(x => truth('has_any', ['a', 'b*', 5], x))).toEqual([
      'true',
      'false',
      'false',
      'unknown',
      'unknown',
      'true',
    ])
  })
})

describe('one request', () => {
  const statements = [{ effect: 'deny', conditions: { x: { op: 'has', value: 'a' }, y: { op: 'in', value: [1, 'a'] } } }]
  const table = new Table(inMemory(encodeTable(lowerForTest(JSON.stringify({ statements })), '')))
  const request = (params: ValueMap) => ({ action: 'a', params, context: {} })

  it('is asked of each field and test but once', () => {
    const evaluation = new Evaluation(table, new Constants(table))
    const [x, z] = [['b'], ['a']]
    let reads = 0
    evaluation.begin(
      request({
        get x() {
          reads++
          return x
        },
      }),
    )
    expect(evaluation.test(0)).toBe(FALSE)
    x.push('a')
    expect(evaluation.test(0)).toBe(FALSE)
    expect(evaluation.operand(0)).toBe(x)
    evaluation.begin(request({ x: z }))
    expect(evaluation.test(0)).toBe(TRUE)
    z.pop()
    expect(evaluation.test(0)).toBe(TRUE)
    expect(reads).toBe(1)
    evaluation.begin(request({ x: z }))
    expect(evaluation.test(0)).toBe(FALSE)
  })

  it('shares what constants are made into', () => {
    const constants = new Constants(table)
    const list = table.word(SECTION.tests, 4 + 2)
    expect(constants.value(list)).toEqual([1, 'a'])
    expect(constants.value(list)).toBe(constants.value(list))
    expect(constants.set(list)).toBe(constants.set(list))
  })

  it('by a damaged table is decided by nobody', () => {
    const damaged = Object.create(table, {
      word: { value: (section: number, i: number) => (section === SECTION.tests && i % 4 === 0 ? 99 : table.word(section, i)) },
    }) as Table // all of one but an operator that there is not
    expect(() => new Evaluation(damaged, new Constants(damaged)).begin(request({ x: 1 })).test(0)).toThrow('the decision table is damaged')
    expect(() => new LiteralIndex(table).find(7, 'x')).toThrow('the decision table is damaged')
  })
})
