/** What a policy compares with, by the field that it looks at. */
import type { Value } from '../../runtime/decide/request.js'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** @param files the texts of a policy, in JSON */
export function constantsOf(files: readonly string[]): ReadonlyMap<string, readonly Value[]> {
  const constants = new Map<string, Value[]>()
  const add = (field: string, values: readonly Value[]) => constants.set(field, [...(constants.get(field) ?? []), ...values])
  // What the generator of policies writes.
  for (const text of files)
    for (const statement of (JSON.parse(text) as { statements: readonly Statement[] }).statements) {
      for (const [field, condition] of fieldsOf(statement.conditions ?? {})) add(field, comparedWith(condition))
    }
  return constants
}

interface Statement {
  readonly conditions?: { readonly [field: string]: Json }
}

/** Those of groups too. */
function fieldsOf(conditions: { readonly [field: string]: Json }): readonly (readonly [string, Json])[] {
  return Object.entries(conditions).flatMap(([key, value]) => {
    if (!['any', 'all', 'not'].includes(key)) return [[key, value] as const]
    return (isList(value) ? value : [value]).flatMap(member => (isMap(member) ? fieldsOf(member) : []))
  })
}

/** The value, and each of those that it lists; a field that only has to exist is compared with anything. */
function comparedWith(condition: Json): readonly Value[] {
  const value = isMap(condition) ? (condition['value'] ?? 'x') : condition
  return isList(value) ? [value, ...value] : [value]
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function isMap(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !isList(value)
}
