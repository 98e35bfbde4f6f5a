/** The condition of a statement: a formula over tests, in three values. */
import type { Evaluation } from './evaluation.js'
import { FALSE, type Kleene, not, TRUE, UNKNOWN } from './kleene.js'
import { NODE, SECTION, type Table } from './table.js'

/** The value of the formula at an offset of the formulas. */
export function formulaValue(table: Table, offset: number, evaluation: Evaluation): Kleene {
  const kind = table.word(SECTION.formulas, offset)
  if (kind === NODE.test) return evaluation.test(table.word(SECTION.formulas, offset + 1))
  const end = offset + table.word(SECTION.formulas, offset + 1)
  if (kind === NODE.not) return not(formulaValue(table, offset + 2, evaluation))
  const decisive = kind === NODE.and ? FALSE : TRUE
  let result: Kleene = kind === NODE.and ? TRUE : FALSE
  for (let at = offset + 2; at < end; at = afterNode(table, at)) {
    const value = formulaValue(table, at, evaluation)
    if (value === decisive) return value
    if (value === UNKNOWN) result = UNKNOWN
  }
  return result
}

function afterNode(table: Table, offset: number): number {
  return table.word(SECTION.formulas, offset) === NODE.test ? offset + 3 : offset + table.word(SECTION.formulas, offset + 1)
}

/** A test of a condition as written. */
export interface WrittenTest {
  readonly test: number
  /** The string that holds it as people read it: field, operator, value. */
  readonly words: number
}

/** The tests of the formula in document order; one that stands twice is given twice. */
export function formulaTests(table: Table, offset: number): readonly WrittenTest[] {
  const word = table.word(SECTION.formulas, offset + 1)
  if (table.word(SECTION.formulas, offset) === NODE.test) return [{ test: word, words: table.word(SECTION.formulas, offset + 2) }]
  const end = offset + word
  const tests: WrittenTest[] = []
  for (let at = offset + 2; at < end; at = afterNode(table, at)) tests.push(...formulaTests(table, at))
  return tests
}
