/** Why no index finds a statement, so that it is decided on every request for one of its actions. */
import type { Formula, Ir, IrOperation } from '../ir/ir.js'
import { isAlways } from './formulas.js'

/** Reasons in words, each once, in the order of the condition. */
export function whyUnguarded(formula: Formula, ir: Ir): readonly string[] {
  if (isAlways(formula)) return ['it has no condition']
  return [...new Set(reasons(formula, ir))]
}

function reasons(formula: Formula, ir: Ir): readonly string[] {
  switch (formula.kind) {
    case 'not':
      return ['a negation holds of what is not looked up']
    case 'and':
      return formula.of.flatMap(part => reasons(part, ir))
    case 'or':
      return [...formula.of.flatMap(part => reasons(part, ir)), 'one of several alternatives is enough']
    case 'test': {
      const test = ir.tests[formula.test]
      if (test === undefined) return []
      return test.negated ? ['a negation holds of what is not looked up'] : [REASONS[test.operation.kind]]
    }
    default:
      return formula satisfies never
  }
}

/** Why a test of each kind is not looked up, where it is not. */
const REASONS: Readonly<Record<IrOperation['kind'], string>> = {
  exists: 'every value of a field will do for `exists`',
  equals: 'only texts, numbers and booleans are looked up, not lists, maps or null',
  one_of: 'only texts, numbers and booleans are looked up, not lists, maps or null',
  contains: 'its pattern has no literal that every match holds, of plain ASCII',
  pattern: 'its pattern has no literal that every match holds, of plain ASCII',
  order: 'an order is not looked up',
  path: 'a path is compared in its normal form',
  host: 'a host is compared in its normal form',
  cidr: 'an address is compared in its normal form',
  has: 'elements of lists are not looked up',
}
