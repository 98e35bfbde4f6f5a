/** Why a match is what it is: the test that tells, and what is not known of it. */
import { AbstractString, showString } from './abstract-string.js'
import type { Evaluation } from './evaluation.js'
import { formulaTests, formulaValue } from './formula.js'
import { type Kleene, UNKNOWN } from './kleene.js'
import { SECTION, type Table, TEST_WORDS } from './table.js'

/** The first test that has the condition's value, on the first evaluation that has it, in words; empty where there is none. */
export function detailOf(table: Table, formula: number, written: Evaluation, real: Evaluation | undefined, value: Kleene): string {
  const evaluation = real !== undefined && formulaValue(table, formula, written) !== value ? real : written
  const test = formulaTests(table, formula).find(candidate => evaluation.test(candidate) === value)
  if (test === undefined) return ''
  const words = testWords(table, test)
  return value === UNKNOWN ? `${words}: ${whyUnknown(evaluation, test)}` : words
}

/** The test as people read it: field, operator, value. */
export function testWords(table: Table, test: number): string {
  return table.text(table.word(SECTION.tests, test * TEST_WORDS + 4))
}

function whyUnknown(evaluation: Evaluation, test: number): string {
  const operand = evaluation.operand(test)
  return operand instanceof AbstractString ? `known only as \`${showString(operand)}\`` : 'cannot be told from this value'
}

/** Whether every test that came out unknown looked at one single unrestricted hole, in every evaluation that came out unknown. */
export function isNothingKnown(table: Table, formula: number, evaluations: readonly (Evaluation | undefined)[]): boolean {
  return evaluations.every(evaluation => {
    if (evaluation === undefined || formulaValue(table, formula, evaluation) !== UNKNOWN) return true
    return formulaTests(table, formula).every(test => evaluation.test(test) !== UNKNOWN || isUnrestricted(evaluation, test))
  })
}

function isUnrestricted(evaluation: Evaluation, test: number): boolean {
  const operand = evaluation.operand(test)
  return operand instanceof AbstractString && operand.isUnrestricted
}
