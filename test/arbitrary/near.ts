/** Values at the borders of a test: the constant that it compares with, and what differs from that only just. */
import fc from 'fast-check'
import { AbstractString, type Part } from '../../runtime/decide/abstract-string.js'
import type { Request, Value, ValueMap } from '../../runtime/decide/request.js'

/** The constant itself as often as anything else. */
export function near(constant: Value): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(constant) },
    { weight: 4, arbitrary: fc.constantFrom(...sameType(constant)) },
    { weight: 1, arbitrary: fc.constantFrom(...otherType(constant)) },
    { weight: 2, arbitrary: partly(textOf(constant)) },
  )
}

function sameType(constant: Value): readonly Value[] {
  if (typeof constant === 'number')
    return [constant + 1, constant - 1, nextTo(constant), -constant, -0, Number.NaN, Number.POSITIVE_INFINITY]
  if (typeof constant === 'boolean') return [!constant]
  if (typeof constant === 'string') return aroundText(constant)
  if (isList(constant)) return [[...constant, 'x'], constant.slice(1), [...constant].reverse(), [constant], ...constant]
  return isMap(constant) ? [{ ...constant, x: 1 }, {}, ...Object.values(constant)] : [constant]
}

/** The nearest number that is another. */
function nextTo(number: number): number {
  return number === 0 ? Number.MIN_VALUE : number * (1 + Number.EPSILON)
}

function aroundText(text: string): readonly string[] {
  return [
    `${text}x`,
    `x${text}`,
    `${text}\n`,
    `\n${text}`,
    `${text} `,
    `${text}/`,
    `/${text}`,
    `./${text}`,
    `${text}\ud800`,
    `${text}é`,
    caseFlipped(text),
    text.slice(1),
    text.slice(0, -1),
    text + text,
    '',
  ]
}

function caseFlipped(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()
}

function otherType(constant: Value): readonly Value[] {
  const text = textOf(constant)
  const number = Number(text)
  return [text, [text], { a: text }, [[text]], true, null, ...(Number.isNaN(number) ? [] : [number])]
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The text with a hole in the place of some of it, or between its characters. */
function partly(text: string): fc.Arbitrary<Value> {
  const chars = [...text]
  const at = fc.nat({ max: chars.length })
  const hole = fc.constantFrom('any', 'below', 'segment', 'char', 'visible').map((kind): Part => ({ hole: kind }))
  return fc
    .tuple(at, at, hole)
    .map(([a, b, middle]) => AbstractString.of([chars.slice(0, Math.min(a, b)).join(''), middle, chars.slice(Math.max(a, b)).join('')]))
}

/** The request with the value where the field would find it. */
export function placed(request: Request, field: string, value: Value): Request {
  const [first = '', ...deeper] = field.split('.')
  if (first === 'context') return { ...request, context: into(request.context, deeper, value) }
  return { ...request, params: into(request.params, first === 'params' ? deeper : [first, ...deeper], value) }
}

function into(map: ValueMap, [key, ...deeper]: readonly string[], value: Value): ValueMap {
  return key === undefined ? map : { ...map, [key]: below(Object.hasOwn(map, key) ? map[key] : undefined, deeper, value) }
}

/** A list is built where the next key is its first index. */
function below(old: Value | undefined, keys: readonly string[], value: Value): Value {
  const [key, ...deeper] = keys
  if (key === undefined) return value
  if (key === '0') return [below(undefined, deeper, value)]
  return into(old !== undefined && isMap(old) ? old : {}, keys, value)
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

function isMap(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof AbstractString)
}
