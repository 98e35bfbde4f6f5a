/** A list of requests without repetitions and of bounded length: what does not fit is summed up, so that nothing is lost. */
import { AbstractString } from '../decide/abstract-string.js'
import type { ExpandedRequest, Request, Value, ValueMap } from '../decide/request.js'
import { isList, isMap } from '../decide/value.js'
import { ANY, joinWords } from './text.js'

/** Requests beyond so many, and sums beyond so many more, are told from each other no longer. */
const MOST = 512

export class BoundedRequests {
  private readonly requests = new Map<string, ExpandedRequest>()
  private readonly sums = new Map<string, ExpandedRequest>()

  add(expanded: ExpandedRequest): void {
    const key = keyOf(expanded)
    if (this.requests.has(key)) return
    if (this.requests.size < MOST) this.requests.set(key, expanded)
    else this.sumUp(expanded)
  }

  list(): readonly ExpandedRequest[] {
    return [...this.requests.values(), ...this.sums.values()]
  }

  /** By program, or by action and what its parameters are. */
  private sumUp(expanded: ExpandedRequest): void {
    const sum = sumOf(expanded, this.sums.size < MOST)
    const key = keyOf(sum)
    if (!this.sums.has(key)) this.sums.set(key, sum)
  }
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
