/** Why a match is what it is: the test that tells, and what is not known of it. */
import { AbstractString, showString } from './abstract-string.js'
import type { Evaluation } from './evaluation.js'
import { type Formula, formulaValue } from './formula.js'
import { type Kleene, UNKNOWN } from './kleene.js'
import type { Value } from './request.js'
import { conditionOf, type TableStatement, testsOf } from './statement.js'
import type { Table } from './table.js'
import { isList } from './value.js'

/** The first test that has the condition's value, on the first evaluation that has it, in words; empty where there is none. */
export function detailOf(
  table: Table,
  statement: TableStatement,
  written: Evaluation,
  real: Evaluation | undefined,
  value: Kleene,
): string {
  const evaluation = real !== undefined && formulaValue(conditionOf(table, statement), written) !== value ? real : written
  const tests = testsOf(table, statement)
  for (let i = 0; i < tests.length; i++) {
    const each = tests[i] as Formula // in bounds
    if (evaluation.test(each.test) !== value) continue
    const told = (each.told ??= table.text(each.words))
    return value === UNKNOWN ? `${told}: ${whyUnknown(evaluation, each.test)}` : told
  }
  return ''
}

function whyUnknown(evaluation: Evaluation, test: number): string {
  const operand = evaluation.operand(test)
  return operand instanceof AbstractString ? `known only as \`${showString(operand)}\`` : 'cannot be told from this value'
}

/**
 * Whether every test that came out unknown looked at one single unrestricted hole, in every evaluation that came out unknown; of a
 * list, whether that is all that is not known of it.
 */
export function isNothingKnown(table: Table, statement: TableStatement, evaluations: readonly (Evaluation | undefined)[]): boolean {
  return evaluations.every(evaluation => {
    if (evaluation === undefined || formulaValue(conditionOf(table, statement), evaluation) !== UNKNOWN) return true
    return testsOf(table, statement).every(({ test }) => evaluation.test(test) !== UNKNOWN || isUnrestricted(evaluation, test))
  })
}

function isUnrestricted(evaluation: Evaluation, test: number): boolean {
  const operand = evaluation.operand(test)
  if (!isList(operand)) return isNothing(operand)
  return operand.some(isNothing) && operand.every(element => !(element instanceof AbstractString) || element.isUnrestricted)
}

function isNothing(value: Value | undefined): boolean {
  return value instanceof AbstractString && value.isUnrestricted
}
