/** Equality: same type and value, lists and maps deeply. */
import type { Json } from '../../compiler/ast.js'
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import type { Value } from '../../runtime/decide/request.js'
import { isList, isMap } from './field.js'
import { matchCompletions } from './match-completions.js'
import { literal } from './pattern.js'
import { remembering } from './remembering.js'
import { allOf, type Truth, truth } from './truth.js'

const exactly = remembering((text: string) => literal(text))

export function equals(value: Value, constant: Json): Truth {
  if (value instanceof AbstractString) return typeof constant === 'string' ? matchCompletions(exactly(constant), value) : 'false'
  if (isList(value)) return isListJson(constant) ? listsEqual(value, constant) : 'false'
  if (isMap(value)) return isMapJson(constant) ? mapsEqual(value, constant) : 'false'
  return truth(value === constant)
}

function listsEqual(list: readonly Value[], constant: readonly Json[]): Truth {
  if (list.length !== constant.length) return 'false'
  return allOf(constant.map((element, at) => equals(list[at] ?? null, element)))
}

function mapsEqual(map: { readonly [key: string]: Value }, constant: { readonly [key: string]: Json }): Truth {
  const keys = Object.keys(constant)
  if (Object.keys(map).length !== keys.length || !keys.every(key => Object.hasOwn(map, key))) return 'false'
  return allOf(keys.map(key => equals(map[key] ?? null, constant[key] ?? null)))
}

function isListJson(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function isMapJson(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !isListJson(value)
}
