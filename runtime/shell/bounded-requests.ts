/** A list of requests without repetitions and of bounded length: what does not fit is summed up, so that nothing is lost. */
import { AbstractString, type Part } from '../decide/abstract-string.js'
import type { ExpandedRequest, Request, Value, ValueMap } from '../decide/request.js'
import { isList, isMap } from '../decide/value.js'
import { ANY, joinWords } from './text.js'

/** Requests beyond so many, and sums beyond so many more, are told from each other no longer. */
const MOST = 512
/** Of a text known in part, parts beyond so many in its middle: each asks every automaton for all that it may lead to. */
const MOST_PARTS = 64
/** Words of a list; what follows may be anything. */
const MOST_WORDS = 4096

export class BoundedRequests {
  /** The first one is told from others when there is another. */
  private first: ExpandedRequest | undefined
  private readonly requests = new Map<string, ExpandedRequest>()
  private readonly sums = new Map<string, ExpandedRequest>()

  add(found: ExpandedRequest): void {
    const expanded = withShortTexts(found)
    if (this.first === undefined) {
      this.first = expanded
      return
    }
    if (this.requests.size === 0) this.requests.set(keyOf(this.first), this.first)
    const key = keyOf(expanded)
    if (this.requests.has(key)) return
    if (this.requests.size < MOST) this.requests.set(key, expanded)
    else this.sumUp(expanded)
  }

  list(): readonly ExpandedRequest[] {
    if (this.requests.size === 0) return this.first === undefined ? [] : [this.first]
    return [...this.requests.values(), ...this.sums.values()]
  }

  /** By program, or by action and what its parameters are. */
  private sumUp(expanded: ExpandedRequest): void {
    const sum = sumOf(expanded, this.sums.size < MOST)
    const key = keyOf(sum)
    if (!this.sums.has(key)) this.sums.set(key, sum)
  }
}

function withShortTexts(expanded: ExpandedRequest): ExpandedRequest {
  const { request } = expanded
  if (!hasLong(request.params)) return expanded
  const params = Object.entries(request.params).map(([name, value]): [string, Value] => [name, shortened(value)])
  return { ...expanded, request: { ...request, params: Object.fromEntries(params) } }
}

function hasLong(params: ValueMap): boolean {
  for (const name of Object.keys(params)) if (isLong(params[name] ?? null)) return true
  return false
}

function isLong(value: Value): boolean {
  return value instanceof AbstractString
    ? value.parts.length > MOST_PARTS
    : isList(value) && (value.length > MOST_WORDS || value.some(isLong))
}

function shortened(value: Value): Value {
  if (isList(value)) return value.length > MOST_WORDS ? [...value.slice(0, MOST_WORDS).map(shortened), ANY] : value.map(shortened)
  if (!(value instanceof AbstractString) || !isLong(value)) return value
  const { parts } = value
  const half = MOST_PARTS >> 1
  const middle: Part = { hole: 'any' }
  return AbstractString.of([...parts.slice(0, half), middle, ...parts.slice(parts.length - half)])
}

function keyOf({ request, beneath }: ExpandedRequest): string {
  return `${request.action}${beneath === true ? '+' : ' '}${keyOfMap(request.params)}`
}

function keyOfMap(map: ValueMap): string {
  let key = ''
  for (const name of Object.keys(map)) key += `${name}=${keyOfValue(map[name] ?? null)}`
  return key
}

/** Equal for equal values and no others: a text tells its length, and so where it ends. */
function keyOfValue(value: Value): string {
  if (typeof value === 'string') return `${value.length}:${value}`
  if (value instanceof AbstractString)
    return `?${value.parts.map(part => (typeof part === 'string' ? keyOfValue(part) : part.hole)).join()};`
  if (isList(value)) return keyOfList(value)
  return isMap(value) ? `{${keyOfMap(value)}}` : `${String(value)};`
}

function keyOfList(list: readonly Value[]): string {
  let key = '['
  for (const value of list) key += keyOfValue(value)
  return `${key}]`
}

function sumOf({ role, request, origin }: ExpandedRequest, isToldApart: boolean): ExpandedRequest {
  const params =
    role === 'part' ? sumOfParts(isToldApart ? (request.params['program'] ?? ANY) : ANY) : forgotten(request.params, isToldApart)
  const sum: Request = { ...request, params }
  return origin === undefined ? { role, request: sum } : { role, request: sum, origin }
}

function sumOfParts(program: Value): ValueMap {
  const known = typeof program === 'string' || program instanceof AbstractString ? program : ANY
  return {
    command: joinWords([known, ANY]),
    program: known,
    argv: [known, ANY],
    flags: [ANY],
    operands: [ANY],
    cwd: ANY,
    via: [ANY],
    dynamic: true,
    reason: `more than ${MOST} commands`,
  }
}

/** Texts may be any text, but for the program that does it. */
function forgotten(params: ValueMap, keepsProgram: boolean): ValueMap {
  const keeps = (key: string, value: Value) => typeof value === 'boolean' || (keepsProgram && key === 'program')
  return Object.fromEntries(Object.entries(params).map(([key, value]): [string, Value] => [key, keeps(key, value) ? value : ANY]))
}
