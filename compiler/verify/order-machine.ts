/** The proof's own machine for texts that come before or after a bound, by code point: it compares, and remembers how far. */
import { charRange, codePointsOf, singleChar, type CharSet } from '../patterns/char-set.js'
import type { OrderRelation } from '../patterns/order-automaton.js'
import type { Letters } from './letters.js'
import { type Machine, splitLetters } from './machine.js'

/** What a verification has to tell apart for an order. */
export function orderSets(bound: string): readonly CharSet[] {
  return [...new Set(codePointsOf(bound))].flatMap(point => [singleChar(point), charRange(0, point)])
}

export function orderMachine(relation: OrderRelation, bound: string, letters: Letters): Machine {
  const points = codePointsOf(bound)
  const classes = splitLetters(
    letters,
    orderSets(bound).map(set => letters.members(set)),
  )
  const samples = classes.samples.map(letter => letters.points[letter] ?? 0)
  // A state below these two is how many characters of the bound have been read and nothing else.
  const [less, greater] = [points.length + 1, points.length + 2]
  const next = (state: number, found: number) => {
    const expected = points[state]
    if (state >= less) return state
    return expected === undefined || found > expected ? greater : found < expected ? less : state + 1
  }
  const compared = (state: number) => (state === points.length ? 0 : state === greater ? 1 : -1)
  return {
    classOf: classes.of,
    classCount: classes.count,
    start: 0,
    stateCount: points.length + 3,
    row: state => Int32Array.from(samples, found => next(state, found)),
    accepts: state => holds(relation, compared(state)),
  }
}

/** @param compared below zero where the text comes before the bound */
function holds(relation: OrderRelation, compared: number): boolean {
  switch (relation) {
    case '<':
      return compared < 0
    case '<=':
      return compared <= 0
    case '>':
      return compared > 0
    case '>=':
      return compared >= 0
    default:
      return relation satisfies never
  }
}
