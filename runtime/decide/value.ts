/** Reading the values of a request: own properties only, so that `constructor` or `__proto__` are names like any other. */
import { AbstractString } from './abstract-string.js'
import type { Request, Value, ValueMap } from './request.js'

/** `Object.hasOwn`, which an engine of ECMAScript 2020 lacks. */
export function hasOwn(map: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(map, key)
}

/** The own property of a map; null and undefined count as missing. */
export function own(map: ValueMap, key: string): Value | undefined {
  const value = map[key] ?? undefined
  return value === undefined || hasOwn(map, key) ? value : undefined
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

export function isMap(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof AbstractString)
}

/**
 * The value of a field: `params.a.0` and `context.a` by their first segment, a bare key in params and then in context.
 * @param path the key split on dots
 */
export function fieldValue(request: Request, path: readonly string[]): Value | undefined {
  const root = path[0]
  if (root === 'params') return descend(request.params, path, 1)
  if (root === 'context') return descend(request.context, path, 1)
  return descend(request.params, path, 0) ?? descend(request.context, path, 0)
}

function descend(from: ValueMap, path: readonly string[], start: number): Value | undefined {
  if (start === path.length) return from
  let value = own(from, path[start] as string) // in bounds
  for (let i = start + 1; i < path.length; i++) {
    value = step(value, path[i] as string) // in bounds by the loop's condition
  }
  return value
}

function step(value: Value | undefined, key: string): Value | undefined {
  if (typeof value !== 'object' || value === null || value instanceof AbstractString) return undefined
  if (!isList(value)) return own(value, key)
  // An index in its one canonical spelling: `0`, `12`, not `01`.
  return String(Number(key)) === key ? (value[Number(key)] ?? undefined) : undefined
}

/** The value where a string is wanted: text as it is, a number or boolean as its JSON text, undefined for lists, maps and null. */
export function asText(value: Value): string | AbstractString | undefined {
  if (typeof value === 'string' || value instanceof AbstractString) return value
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null'
  return typeof value === 'boolean' ? String(value) : undefined
}
