/** The conditions of a statement → one condition. */
import type { Condition, Dialect, Test } from '../ast.js'
import type { Span } from '../source.js'
import { type Entry, entriesOf, entrySpan, itemsOf, type Located, textAt, textOf, valueAt } from './located.js'
import { groupKey, type GroupKey, groupMembers } from './groups.js'
import { spanInText } from './offsets.js'
import { type OperatorName, operatorNamed } from './operators.js'
import { dialectAt } from './read-settings.js'

/** @param conditions the value of `conditions`; none hold always */
export function readConditions(conditions: Located, match: 'all' | 'any', dialect: Dialect): Condition {
  const of = readEach(conditions, dialect)
  return { kind: of.length > 0 ? match : 'all', of }
}

function readEach(conditions: Located, dialect: Dialect): readonly Condition[] {
  return entriesOf(conditions).flatMap((entry): readonly Condition[] => {
    const group = groupKey(entry)
    return group === undefined ? readTest(entry, dialect) : [readGroup(group, entry, dialect)]
  })
}

function readGroup(group: GroupKey, entry: Entry, dialect: Dialect): Condition {
  const members = groupMembers(entry).map(member => bothOrMore(readEach(member, dialect)))
  switch (group) {
    case 'not':
      return { kind: 'not', of: bothOrMore(members) }
    case 'all':
    case 'any':
      return { kind: group, of: members }
    default:
      return group satisfies never
  }
}

function bothOrMore(of: readonly Condition[]): Condition {
  const [first] = of
  return first !== undefined && of.length === 1 ? first : { kind: 'all', of }
}

/** `agents` and `not_agents`: names that `context.agent` is one of, or none of. */
export function readAgents(entry: Entry, negated: boolean): Condition {
  const { value } = entry
  const list: Located = value.kind === 'list' ? value : { kind: 'list', data: [value.data], span: value.span, items: [value], size: 2 }
  return testOf({ ...entry, key: 'context.agent' }, { operator: 'in', negated, name: negated ? 'not_in' : 'in' }, list)
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
