/** The conditions of a statement → one condition. */
import type { Condition, Dialect, Test } from '../ast.js'
import type { Span } from '../source.js'
import { type Entry, entriesOf, entrySpan, itemsOf, type Located, textAt, textOf, valueAt } from './located.js'
import { spanInText } from './offsets.js'
import { type OperatorName, operatorNamed } from './operators.js'
import { dialectAt } from './read-settings.js'

export function readCondition(statement: Located, dialect: Dialect): Condition {
  const of = entriesOf(valueAt(statement, 'conditions')).flatMap(entry => readTest(entry, dialect))
  // No conditions hold always, whichever way they combine.
  return { kind: textAt(statement, 'match') === 'any' && of.length > 0 ? 'any' : 'all', of }
}

/** No test for an operator that is unknown, which is reported elsewhere. */
export function readTest(entry: Entry, dialect: Dialect): readonly Test[] {
  const { value } = entry
  const operator = operatorNamed(value.kind === 'map' ? (textAt(value, 'op') ?? '') : '==')
  if (operator === undefined) return []
  const operand = value.kind === 'map' ? valueAt(value, 'value') : value
  return [{ ...testOf(entry, operator, operand), ...(operator.operator === 'regex' ? { dialect: dialectAt(value) ?? dialect } : {}) }]
}

function testOf(entry: Entry, { operator, negated, name }: OperatorName, operand: Located | undefined): Test {
  const value = operator === 'exists' ? undefined : operand
  const valueSpan = (value ?? valueAt(entry.value, 'op') ?? entry.value).span
  return {
    kind: 'test',
    field: entry.key,
    operator,
    negated,
    operatorName: name,
    ...(value === undefined ? {} : { value: value.data }),
    span: entrySpan(entry),
    valueSpan,
    spanInValue: (offset, length, item) => spanWithin(item === undefined ? value : itemsOf(value)[item], offset, length) ?? valueSpan,
  }
}

function spanWithin(value: Located | undefined, offset: number, length: number): Span | undefined {
  return value?.kind === 'scalar' && textOf(value) !== undefined ? spanInText(value, offset, length) : value?.span
}
