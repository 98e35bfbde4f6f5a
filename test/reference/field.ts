/** Where the fields of a request are found: own properties only. */
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import type { Request, Value, ValueMap } from '../../runtime/decide/request.js'

/** The value of a field, undefined where it is missing. */
export function fieldValue(request: Request, field: string): Value | undefined {
  const [first, ...deeper] = field.split('.')
  if (first === 'params') return descend(request.params, deeper)
  if (first === 'context') return descend(request.context, deeper)
  return descend(request.params, field.split('.')) ?? descend(request.context, field.split('.'))
}

function descend(value: Value, keys: readonly string[]): Value | undefined {
  const [key, ...deeper] = keys
  if (key === undefined) return value
  const next = isList(value) ? element(value, key) : isMap(value) ? property(value, key) : undefined
  return next === undefined ? undefined : descend(next, deeper)
}

/** A list index has one spelling. */
function element(list: readonly Value[], key: string): Value | undefined {
  return /^(0|[1-9][0-9]*)$/.test(key) ? (list[Number(key)] ?? undefined) : undefined
}

/** Null counts as missing. */
export function property(map: ValueMap, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? (map[key] ?? undefined) : undefined
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function isMap(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof AbstractString)
}
