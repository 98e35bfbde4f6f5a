/** `order`: the children of `and` and `or` by what they cost, the cheapest first. Tests have no effect, so their order changes no value. */
import type { Formula, Ir, IrTest } from '../ir/ir.js'
import { mapEvaluated } from './formulas.js'
import type { Pass } from './pass.js'

export const order: Pass = {
  name: 'order',
  summary: 'cheap tests come before dear ones',
  run: ir => mapEvaluated(ir, formula => ordered(formula, ir)),
}

/**
 * What a test costs, in look-ups of a hash table, estimated for an ordinary value of some twenty characters:
 * a field is looked up (`exists`), compared (`equals`, `order` of numbers), looked up in a set (`one_of`), read by an automaton
 * a character at a time (`contains`, `pattern`, `order` of texts: the more states, the farther from the processor's cache), read as a
 * list (`has`, for each element wanted), or brought to a normal form first, which copies it (`host`, `cidr`, `path`).
 */
export const COST = {
  exists: 1,
  equals: 2,
  one_of: 3,
  number: 2,
  element: 10,
  automaton: 20,
  largeAutomaton: 30,
  host: 60,
  path: 80,
  noAutomaton: 100,
} as const

/** From this many states on the transitions no longer fit where small ones do. */
const MANY_STATES = 200

/** A path pattern beyond the first costs another automaton. */
const FURTHER_PATH = COST.automaton

function testCost({ operation }: IrTest, ir: Ir): number {
  switch (operation.kind) {
    case 'exists':
      return COST.exists
    case 'equals':
      return COST.equals
    case 'one_of':
      return COST.one_of
    case 'contains':
    case 'order':
      return operation.pattern === undefined ? COST.number : machineCost(operation.pattern, ir)
    case 'pattern':
      return machineCost(operation.pattern, ir)
    case 'has':
      return COST.element * operation.wanted.length
    case 'host':
    case 'cidr':
      return COST.host
    case 'path':
      return COST.path + FURTHER_PATH * (operation.alternatives.length - 1)
    default:
      return operation satisfies never
  }
}

function machineCost(pattern: number, ir: Ir): number {
  const machine = ir.patterns[pattern]
  if (machine?.kind !== 'automaton') return COST.noAutomaton
  return machine.automaton.stateCount < MANY_STATES ? COST.automaton : COST.largeAutomaton
}

interface Costed {
  readonly formula: Formula
  readonly cost: number
}

function ordered(formula: Formula, ir: Ir): Formula {
  return costed(formula, ir).formula
}

/** The cost of a formula is that of all its tests: how many of them are evaluated depends on what they find. */
function costed(formula: Formula, ir: Ir): Costed {
  switch (formula.kind) {
    case 'test': {
      const test = ir.tests[formula.test]
      return { formula, cost: test === undefined ? 0 : testCost(test, ir) }
    }
    case 'not': {
      const { formula: of, cost } = costed(formula.of, ir)
      return { formula: { kind: 'not', of }, cost }
    }
    case 'and':
    case 'or': {
      const parts = formula.of.map(part => costed(part, ir))
      const cost = parts.reduce((sum, part) => sum + part.cost, 0)
      return { formula: { kind: formula.kind, of: parts.sort((a, b) => a.cost - b.cost).map(part => part.formula) }, cost }
    }
    default:
      return formula satisfies never
  }
}
