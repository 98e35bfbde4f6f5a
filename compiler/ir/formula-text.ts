import type { Formula } from './ir.js'

/** The formula in infix notation, tests by their number. */
export function formulaText(formula: Formula): string {
  switch (formula.kind) {
    case 'test':
      return `t${formula.test}`
    case 'not':
      return `not ${formulaText(formula.of)}`
    case 'and':
    case 'or': {
      const parts = formula.of.map(formulaText)
      if (parts.length === 0) return String(formula.kind === 'and')
      return parts.length === 1 ? parts.join() : `(${parts.join(` ${formula.kind} `)})`
    }
    default:
      return formula satisfies never
  }
}
