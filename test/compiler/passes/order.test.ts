import { describe, expect, it } from 'vitest'
import { COST } from '../../../compiler/passes/order.js'
import { evaluated } from './support/evaluated.js'

const order = (condition: string) => evaluated(condition, ['order'])

describe('order', () => {
  it('puts cheap tests before dear ones', () => {
    const tests = ['x exists', 'x == "a"', 'x in ["a"]', 'x has "a"', 'x matches "a"', 'x host "a.b"', 'x path "a"']
    for (const joint of [' and ', ' or ']) expect(order([...tests].reverse().join(joint))).toBe(evaluated(tests.join(joint), []))
  })

  it('orders numbers before texts, and paths of several bases behind those of one', () => {
    expect(order('x > "a" and y > 5')).toBe(evaluated('y > 5 and x > "a"', []))
    expect(order('x path ["a", "~/b"] and y path ["c", "d"]')).toBe(evaluated('y path ["c", "d"] and x path ["a", "~/b"]', []))
  })

  it('leaves what costs the same in the order in which it is written', () => {
    const condition = 'z == "a" and y == "b" and x == 5 and y matches "q" and x matches "r"'
    expect(order(condition)).toBe(evaluated(condition, []))
  })

  it('counts a formula as all its tests, and orders inside of it', () => {
    expect(order('(y matches "a" or y exists) and not x matches "b" and z == "c"')).toBe(
      evaluated('z == "c" and not x matches "b" and (y exists or y matches "a")', []),
    )
  })

  it('orders by the table of costs', () => {
    const { exists, equals, one_of, element, automaton, largeAutomaton, host, path } = COST
    const ascending = [exists, equals, one_of, element, automaton, largeAutomaton, host, path]
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b))
    expect(new Set(ascending).size).toBe(ascending.length)
  })
})
