/** A file with variables in the places that know them → the file with their values. */
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import { groupKey } from '../parse/groups.js'
import { type Entry, entriesOf, type Located, locatedList, locatedMap, textAt, textOf, valueAt } from '../parse/located.js'
import { operatorNamed } from '../parse/operators.js'
import { wholeReference } from './references.js'
import { type Reading, resolveValue, type Variables } from './resolve-value.js'

export interface Inserted<T> {
  readonly value: T
  readonly diagnostics: readonly Diagnostic[]
}

/** @param variables undefined where the file declares none */
export function insertVariables(root: Located, variables: Variables | undefined): Inserted<Located> {
  const diagnostics: Diagnostic[] = []
  const value = mapEntry(root, 'statements', statements =>
    mapItems(statements, statement => inStatement(statement, variables, diagnostics)),
  )
  return { value: variables === undefined ? root : value, diagnostics }
}

const NAMES = ['actions', 'not_actions', 'agents', 'not_agents']

function inStatement(statement: Located, variables: Variables | undefined, diagnostics: Diagnostic[]): Located {
  return mapEntries(statement, entry => {
    if (entry.key === 'conditions') return inConditions(entry.value, variables, diagnostics)
    return NAMES.includes(entry.key) ? resolved(entry.value, 'text', variables, diagnostics) : entry.value
  })
}

function inConditions(conditions: Located, variables: Variables | undefined, diagnostics: Diagnostic[]): Located {
  return mapEntries(conditions, entry => {
    if (groupKey(entry) === undefined) return inCondition(entry, variables, diagnostics)
    const inMember = (member: Located) => inConditions(member, variables, diagnostics)
    return entry.key === 'not' ? inMember(entry.value) : mapItems(entry.value, inMember)
  })
}

/** The value of `field: value` or `field: { op: …, value: … }`. */
export function inCondition({ value }: Entry, variables: Variables | undefined, diagnostics: Diagnostic[]): Located {
  const operator = value.kind === 'map' ? operatorNamed(textAt(value, 'op') ?? '')?.operator : '=='
  const reading = operator === 'path' ? 'path' : operator === 'within' ? 'folder' : 'text'
  if (value.kind !== 'map') return resolved(value, reading, variables, diagnostics)
  if (variables === undefined) diagnostics.push(...undeclared(value))
  return mapEntry(value, 'value', operand => resolved(operand, reading, variables, diagnostics))
}

/** Where a list is wanted, editors cannot tell whether `${name}` is one: without variables it is none. */
function undeclared(condition: Located): readonly Diagnostic[] {
  const value = valueAt(condition, 'value')
  const op = textAt(condition, 'op') ?? ''
  const name = wholeReference(textOf(value) ?? '')
  if (value === undefined || name === undefined || !['in', 'has_any', 'has_all'].includes(operatorNamed(op)?.operator ?? '')) return []
  const message = `${quoted(op)} expects a list, found the text ${quoted(textOf(value) ?? '')}`
  return [error({ code: 'wrong-type', span: value.span, message, help: `declare ${quoted(name)} under \`variables:\` in this file` })]
}

function resolved(value: Located, reading: Reading, variables: Variables | undefined, diagnostics: Diagnostic[]): Located {
  if (variables === undefined) return value
  const found = resolveValue(value, reading, variables)
  diagnostics.push(...found.diagnostics)
  return found.value
}

function mapEntries(map: Located, change: (entry: Entry) => Located): Located {
  return map.kind === 'map'
    ? locatedMap(
        entriesOf(map).map(entry => ({ ...entry, value: change(entry) })),
        map.span,
      )
    : map
}

function mapEntry(map: Located, key: string, change: (value: Located) => Located): Located {
  return mapEntries(map, entry => (entry.key === key ? change(entry.value) : entry.value))
}

function mapItems(list: Located, change: (item: Located) => Located): Located {
  return list.kind === 'list' ? locatedList(list.items.map(change), list.span) : list
}
