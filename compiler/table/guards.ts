/**
 * Guards: for many statements the text of one field must hold one of a few literals, or the statement cannot apply. The
 * table finds the statements whose literals a text holds in one pass over it, however many statements there are.
 */
import { GRAM_LENGTH } from '../../runtime/decide/guard-index.js'
import type { Formula, Ir, IrTest } from '../ir/ir.js'
import { requiredLiterals } from '../patterns/required-literals.js'

/** The condition is not false only where the field holds no text at all, or a text that holds one of the literals. */
export interface Guard {
  readonly field: string
  readonly literals: readonly string[]
}

/** More literals than this cost more to look for than the statement costs to decide. */
const MOST_LITERALS = 64

export function guardOf(formula: Formula, ir: Ir): Guard | undefined {
  switch (formula.kind) {
    case 'test':
      return usable(testGuard(ir.tests[formula.test], ir))
    case 'and':
      return best(formula.of.map(part => guardOf(part, ir)))
    case 'or':
      return formula.of.length === 0 ? undefined : usable(union(formula.of.map(part => guardOf(part, ir))))
    case 'not':
      return undefined
  }
}

function testGuard(test: IrTest | undefined, ir: Ir): Guard | undefined {
  if (test === undefined || test.negated) return undefined
  const literals = literalsOf(test, ir)
  return literals && { field: test.field, literals }
}

function literalsOf({ operation }: IrTest, ir: Ir): readonly string[] | undefined {
  switch (operation.kind) {
    case 'equals':
      return typeof operation.value === 'string' ? [operation.value] : undefined
    case 'one_of':
      return operation.values.every(value => typeof value === 'string') ? operation.values : undefined
    case 'pattern':
    case 'contains': {
      const pattern = operation.pattern === undefined ? undefined : ir.patterns[operation.pattern]
      return pattern && requiredLiterals(pattern.source)
    }
    // A path is normalised and a host decoded before it is compared: what the text holds tells nothing. A list has no text.
    case 'exists':
    case 'order':
    case 'path':
    case 'host':
    case 'cidr':
    case 'has':
      return undefined
  }
}

/** Literals that the index can look for: not empty, plain ASCII. */
function usable(guard: Guard | undefined): Guard | undefined {
  if (guard === undefined || guard.literals.length === 0 || guard.literals.length > MOST_LITERALS) return undefined
  return guard.literals.every(isIndexable) ? guard : undefined
}

function isIndexable(literal: string): boolean {
  if (literal === '') return false
  for (let i = 0; i < literal.length; i++) if (literal.charCodeAt(i) >= 127) return false
  return true
}

/** The guard that is least often met: the one whose shortest literal is longest. */
function best(guards: readonly (Guard | undefined)[]): Guard | undefined {
  return guards.reduce((a, b) => (a === undefined || (b !== undefined && weakest(b) > weakest(a)) ? b : a), undefined)
}

function weakest(guard: Guard): number {
  return Math.min(...guard.literals.map(literal => Math.min(literal.length, 2 * GRAM_LENGTH))) - guard.literals.length / MOST_LITERALS
}

function union(guards: readonly (Guard | undefined)[]): Guard | undefined {
  const [first] = guards
  if (first === undefined || !guards.every(guard => guard?.field === first.field)) return undefined
  return { field: first.field, literals: [...new Set(guards.flatMap(guard => guard?.literals ?? []))] }
}
