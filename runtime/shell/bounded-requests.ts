/** A list of requests without repetitions and of bounded length: what does not fit is summed up, so that nothing is lost. */
import { AbstractString, type Part } from '../decide/abstract-string.js'
import type { ExpandedRequest, Request, Value, ValueMap } from '../decide/request.js'
import { isList, isMap } from '../decide/value.js'
import { ANY, joinWords, prefixOf } from './text.js'

/** Requests beyond so many, and sums beyond so many more, are told from each other no longer. */
const MOST = 512
/** Of a text known in part, parts beyond so many in its middle: each asks every automaton for all that it may lead to. */
const MOST_PARTS = 64
/** Words of a list; what follows may be anything. */
const MOST_WORDS = 4096

export class BoundedRequests {
  private readonly requests: ExpandedRequest[] = []
  /** By a sketch the one request that has it; undefined where several have, whose keys tell them apart. */
  private readonly sketches = new Map<number, ExpandedRequest | undefined>()
  private readonly keys = new Set<string>()
  private readonly sums = new Map<string, ExpandedRequest>()

  add(found: ExpandedRequest): void {
    const expanded = withShortTexts(found)
    const sketch = sketchOf(expanded)
    if (this.sketches.has(sketch) && this.isKnown(sketch, expanded)) return
    if (this.requests.length >= MOST) return this.sumUp(expanded)
    if (!this.sketches.has(sketch)) this.sketches.set(sketch, expanded)
    this.requests.push(expanded)
  }

  /** Keys are made of those alone that have a sketch in common. */
  private isKnown(sketch: number, expanded: ExpandedRequest): boolean {
    const other = this.sketches.get(sketch)
    if (other !== undefined) this.keys.add(keyOf(other))
    this.sketches.set(sketch, undefined)
    const key = keyOf(expanded)
    const isKnown = this.keys.has(key)
    if (this.requests.length < MOST) this.keys.add(key)
    return isKnown
  }

  list(): readonly ExpandedRequest[] {
    return this.sums.size === 0 ? this.requests : [...this.requests, ...this.sums.values()]
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
  if (typeof value !== 'object') return false
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

/** A number that is the same for equal requests, and most often for no others. */
function sketchOf({ request: { action, params }, beneath }: ExpandedRequest): number {
  const subject = params['command'] ?? params['file_path'] ?? null
  const [text, parts] = subject instanceof AbstractString ? [prefixOf(subject), subject.parts.length] : [subject, 0]
  const { length } = typeof text === 'string' ? text : ''
  const sketch = (length << 8) ^ (typeof text === 'string' ? text.charCodeAt(length >> 1) ^ (text.charCodeAt(length - 1) << 4) : 0)
  return Math.imul(Math.imul(sketch, 31) + parts, 31) + (action.charCodeAt(5) << 1) + (beneath === true ? 1 : 0)
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
