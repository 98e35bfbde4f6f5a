/** The strings that come before or after a given one, by code point: a chain of states along the bound, with two ways off it. */
import { alphabetOf } from './alphabet.js'
import type { Budget } from './budget.js'
import { charRange, codePointsOf, singleChar } from './char-set.js'
import type { Dfa } from './determinize.js'

export type OrderRelation = '<' | '<=' | '>' | '>='

export function orderDfa(relation: OrderRelation, bound: string, budget: Budget): Dfa {
  const codePoints = codePointsOf(bound)
  const [less, greater] = [codePoints.length + 1, codePoints.length + 2]
  budget.countDfaStates(greater)
  const alphabet = alphabetOf(
    [...new Set(codePoints)].flatMap(each => [singleChar(each), charRange(0, each)]),
    budget,
  )
  const smallest = alphabet.classes.map(ranges => ranges[0]?.from ?? 0)
  budget.spend(smallest.length * greater)
  // State n has read the bound's first n code points and nothing else.
  const chain = codePoints.flatMap((expected, read) => smallest.map(found => step(expected, found, read + 1)))
  function step(expected: number, found: number, next: number): number {
    if (found === expected) return next
    return found < expected ? less : greater
  }
  const all = (state: number) => smallest.map(() => state)
  const accepting = [...codePoints.map(() => acceptsLess(relation)), relation.endsWith('='), acceptsLess(relation), !acceptsLess(relation)]
  return {
    alphabet,
    stateCount: greater + 1,
    transitions: Uint32Array.from([...chain, ...all(greater), ...all(less), ...all(greater)]),
    accepting: Uint8Array.from(accepting, accepts => (accepts ? 1 : 0)),
  }
}

/** A proper prefix of the bound comes before it, so the states of the chain are decided like the way off to smaller ones. */
function acceptsLess(relation: OrderRelation): boolean {
  return relation.startsWith('<')
}
