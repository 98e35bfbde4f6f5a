/** Equality in three values: a string known in part may or may not turn out to be the other one. */
import { AbstractString, type HoleKind, type Part } from './abstract-string.js'
import { and, FALSE, type Kleene, TRUE, UNKNOWN } from './kleene.js'
import type { Value, ValueMap } from './request.js'
import { hasOwn, isList, isMap } from './value.js'

/**
 * Same type and value; numbers by value, lists and maps deeply.
 * @param constant a value of the policy: no part of it is abstract
 */
export function equals(value: Value, constant: Value): Kleene {
  if (value instanceof AbstractString) return typeof constant === 'string' && couldBe(value, constant) ? UNKNOWN : FALSE
  if (isList(value)) return isList(constant) ? listEquals(value, constant) : FALSE
  if (isMap(value)) return isMap(constant) ? mapEquals(value, constant) : FALSE
  return value === constant ? TRUE : FALSE
}

function listEquals(list: readonly Value[], constant: readonly Value[]): Kleene {
  if (list.length !== constant.length) return FALSE
  let result: Kleene = TRUE
  for (const [i, wanted] of constant.entries()) result = and(result, equals(list[i] ?? null, wanted))
  return result
}

function mapEquals(map: ValueMap, constant: ValueMap): Kleene {
  const keys = Object.keys(constant)
  if (Object.keys(map).length !== keys.length) return FALSE
  let result: Kleene = TRUE
  for (const key of keys) result = hasOwn(map, key) ? and(result, equals(map[key] ?? null, constant[key] ?? null)) : FALSE
  return result
}

/** Whether some completion of the string is the text: carries the set of offsets that the parts so far can end at. */
export function couldBe(value: AbstractString, text: string): boolean {
  const { parts } = value
  const [first] = parts
  const last = parts[parts.length - 1]
  // What begins or ends otherwise is none, as most texts do.
  if ((typeof first === 'string' && !text.startsWith(first)) || (typeof last === 'string' && !text.endsWith(last))) return false
  if (value.isUnrestricted) return true
  let offsets: readonly number[] = [0]
  for (const part of parts) offsets = endsOf(part, offsets, text)
  return offsets.includes(text.length)
}

function endsOf(part: Part, offsets: readonly number[], text: string): readonly number[] {
  if (typeof part === 'string') return offsets.filter(at => text.startsWith(part, at)).map(at => at + part.length)
  const ends = new Set<number>()
  for (const at of offsets) {
    for (let end = at; end <= text.length && holds(part.hole, text, at, end); end++)
      if (completes(part.hole, text, at, end) && !splitsPair(text, end)) ends.add(end)
  }
  return [...ends]
}

/** Whether the hole may go on up to `end`. */
function holds(hole: HoleKind, text: string, at: number, end: number): boolean {
  if (end === at || hole === 'any') return true
  if (hole === 'visible' && text.charAt(at) === '.') return false
  if (hole !== 'below') return text.charAt(end - 1) !== '/'
  return text.charAt(at) === '/' && !(text.charAt(end - 1) === '/' && text.charAt(end - 2) === '/' && end - 2 >= at)
}

/** Whether what stands from `at` to `end` is whole: a `below` hole ends in a name, a `visible` one is not empty, and a `char` is one character. */
function completes(hole: HoleKind, text: string, at: number, end: number): boolean {
  if (hole === 'char') return end - at === ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
  return end === at ? hole !== 'visible' : hole !== 'below' || text.charAt(end - 1) !== '/'
}

/** Whether the offset is in the middle of a surrogate pair, which is one character. */
function splitsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff
}
