/** The parts between two connectors → one comparison, or what is wrong with them. */
import { quoted } from '../diagnostics/quoted.js'
import { operatorNamed } from '../parse/operators.js'
import type { Expression, ExpressionProblem, Field, Literal, Range, Word } from './expression.js'
import { across } from './ranges.js'

/** A field or, wrongly, a value; then operators with what follows each. */
export interface Parts {
  /** Undefined where an operator comes first. */
  readonly left: Operand | undefined
  readonly tails: readonly Tail[]
  /** Right behind the field, without an operator between them. */
  readonly unasked?: Literal | undefined
}

export type Operand = { readonly kind: 'field'; readonly field: Field } | { readonly kind: 'value'; readonly value: Literal }

export interface Tail {
  readonly operator: Word
  readonly dialect?: Word
  readonly right?: Operand | { readonly kind: 'parenthesised'; readonly range: Range }
}

type Report = (problem: ExpressionProblem) => void

const MISSING: Expression = { kind: 'missing' }

export function comparisonOf({ left, tails: [tail, second], unasked }: Parts, report: Report): Expression {
  if (tail === undefined) return notCondition(left, unasked, report)
  if (left === undefined) return missingField(tail, report)
  if (left.kind === 'value') return fieldBehind(left.value, tail, report)
  if (second !== undefined) return chained(second, report)
  const value = valueOf(tail, report)
  if (value === 'bad') return MISSING
  const { operator, dialect } = tail
  return {
    kind: 'comparison',
    field: left.field,
    operator,
    ...(dialect === undefined ? {} : { dialect }),
    ...(value === undefined ? {} : { value }),
    ...across(left.field, value ?? operator),
  }
}

function notCondition(left: Operand | undefined, unasked: Literal | undefined, report: Report): Expression {
  if (left?.kind === 'field') report(bareField(left.field, unasked))
  if (left?.kind === 'value') {
    const help = 'a condition is a field, an operator and a value, as in `params.amount > 100`'
    report({ code: 'when-operand', ...placeOf(left.value), message: 'a value alone is no condition', help })
  }
  return MISSING
}

function bareField({ text, start, end }: Field, unasked: Literal | undefined): ExpressionProblem {
  if (operatorNamed(text) !== undefined) {
    const help = 'an operator stands behind its field, as in `params.amount > 100` or `params.note exists`'
    return { code: 'when-syntax', start, end, message: `there is no field before ${quoted(text)}`, help }
  }
  if (unasked !== undefined)
    return { code: 'when-syntax', ...placeOf(unasked), message: `expected an operator between ${quoted(text)} and this value` }
  const help = `write ${quoted(`${text} == true`)}, or ${quoted(`${text} exists`)} to ask whether it is there`
  return { code: 'when-operand', start, end, message: `the field ${quoted(text)} alone is no condition`, help }
}

function missingField({ operator }: Tail, report: Report): Expression {
  report({ code: 'when-syntax', ...placeOf(operator), message: `there is no field before ${quoted(operator.text)}` })
  return MISSING
}

function fieldBehind(value: Literal, { operator, right }: Tail, report: Report): Expression {
  const message = right?.kind === 'field' ? 'the field stands before its operator, the value behind it' : 'expected a field, found a value'
  const help = 'write the field first, as in `params.amount > 100`'
  report({ code: 'when-operand', ...across(value, operator), message, help })
  return MISSING
}

function chained({ operator }: Tail, report: Report): Expression {
  const message = `a second operator ${quoted(operator.text)} follows the comparison`
  const help = 'join two comparisons with `and`, as in `params.amount > 1 and params.amount < 5`'
  report({ code: 'when-syntax', ...placeOf(operator), message, help })
  return MISSING
}

function valueOf({ right }: Tail, report: Report): Literal | undefined | 'bad' {
  if (right === undefined) return undefined
  if (right.kind === 'value') return right.value
  report(right.kind === 'field' ? fieldAsValue(right.field) : inParentheses(right.range))
  return 'bad'
}

function fieldAsValue({ text, start, end }: Field): ExpressionProblem {
  const help = `text stands in quotes: ${quoted(`"${text}"`)}; a field can be compared with a value only, not with another field`
  return { code: 'when-operand', start, end, message: `expected a value, found the word ${quoted(text)}`, help }
}

function inParentheses({ start, end }: Range): ExpressionProblem {
  const help = 'a list stands in brackets, as in `["a", "b"]`; other values stand alone'
  return { code: 'when-operand', start, end, message: 'expected a value, found parentheses', help }
}

function placeOf({ start, end }: Range): Range {
  return { start, end }
}
