/** What passes ask of formulas, and how they rebuild them. */
import type { Formula, Ir, IrStatement } from '../ir/ir.js'

export const ALWAYS: Formula = { kind: 'and', of: [] }
export const NEVER: Formula = { kind: 'or', of: [] }

export function isAlways(formula: Formula): boolean {
  return formula.kind === 'and' && formula.of.length === 0
}

export function isNever(formula: Formula): boolean {
  return formula.kind === 'or' && formula.of.length === 0
}

/** Rewrites every formula that is evaluated. */
export function mapEvaluated(ir: Ir, rewrite: (formula: Formula) => Formula): Ir {
  return { ...ir, statements: ir.statements.map((statement): IrStatement => ({ ...statement, evaluated: rewrite(statement.evaluated) })) }
}

/** The formula with its tests replaced. */
export function mapTests(formula: Formula, replace: (test: number) => number): Formula {
  switch (formula.kind) {
    case 'test':
      return { ...formula, test: replace(formula.test) }
    case 'not':
      return { kind: 'not', of: mapTests(formula.of, replace) }
    case 'and':
    case 'or':
      return { kind: formula.kind, of: formula.of.map(part => mapTests(part, replace)) }
    default:
      return formula satisfies never
  }
}

/** The tests of a formula, in document order. */
export function testsOf(formula: Formula): readonly number[] {
  switch (formula.kind) {
    case 'test':
      return [formula.test]
    case 'not':
      return testsOf(formula.of)
    case 'and':
    case 'or':
      return formula.of.flatMap(testsOf)
    default:
      return formula satisfies never
  }
}
