/** The condition of a statement: a formula over tests, in three values. */
import type { Evaluation } from './evaluation.js'
import { FALSE, type Kleene, not, TRUE, UNKNOWN } from './kleene.js'
import { NODE, NONE, SECTION, type Table } from './table.js'

/** A node, unpacked. */
export interface Formula {
  readonly kind: number
  /** The number of a test; the length of any other node. */
  readonly test: number
  /** The string that holds a test as people read it: field, operator, value. */
  readonly words: number
  readonly parts: readonly Formula[]
  /** Those words, once they have been read. */
  told: string | undefined
}

/** The formula at an offset of the formulas. */
export function readFormula(table: Table, offset: number): Formula {
  const kind = table.word(SECTION.formulas, offset)
  const test = table.word(SECTION.formulas, offset + 1)
  if (kind === NODE.test) return { kind, test, words: table.word(SECTION.formulas, offset + 2), parts: [], told: undefined }
  const parts: Formula[] = []
  for (let at = offset + 2; at < offset + test; ) {
    const part = readFormula(table, at)
    parts.push(part)
    at += part.kind === NODE.test ? 3 : part.test
  }
  return { kind, test, words: NONE, parts, told: undefined }
}

export function formulaValue({ kind, test, parts }: Formula, evaluation: Evaluation): Kleene {
  if (kind === NODE.test) return evaluation.test(test)
  if (kind === NODE.not) return not(formulaValue(parts[0] as Formula, evaluation)) // it has one
  const decisive = kind === NODE.and ? FALSE : TRUE
  let result: Kleene = kind === NODE.and ? TRUE : FALSE
  for (let i = 0; i < parts.length; i++) {
    const value = formulaValue(parts[i] as Formula, evaluation) // in bounds
    if (value === decisive) return value
    if (value === UNKNOWN) result = UNKNOWN
  }
  return result
}

/** The tests of the formula in document order; one that stands twice is given twice. */
export function formulaTests(formula: Formula): readonly Formula[] {
  return formula.kind === NODE.test ? [formula] : formula.parts.flatMap(formulaTests)
}
