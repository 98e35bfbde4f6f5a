/**
 * A copy of what a tool is called with, made once: what is decided is the copy, and the copy is what should run. Only data is copied; what
 * computes its values when it is read (getters, proxies) could say one thing to the policy and another to the tool, and is refused.
 */
import type { Value, ValueMap } from '../runtime/decide/request.js'

/** Arguments that are no data. */
export class NotData extends Error {
  override readonly name = 'NotData'
}

export interface Snapshot {
  /** For the tool: dates and big integers as they are. */
  readonly given: ValueMap
  /** For the policy: dates and big integers as text. */
  readonly seen: ValueMap
}

/** Deeper arguments, and arguments of more values, are no tool's. */
const DEEPEST = 128
const MOST_VALUES = 1_000_000
/** Of JSON text, in UTF-16 units; what a hook reads at most. */
const LONGEST_TEXT = 8 * 1024 * 1024

/**
 * @param input a map, or the JSON text of one
 * @param isProxy tells proxies where the engine lets one know them
 * @throws NotData where it is neither
 */
export function snapshot(input: unknown, isProxy: (value: object) => boolean): Snapshot {
  if (typeof input === 'string') return parsedMap(input)
  const copier = new Copier(isProxy)
  const given = copier.copy(input, 0)
  if (!isRecord(given)) throw new NotData('the arguments are no map')
  // What was copied is data, but for the leaves that a policy does not know.
  const seen = copier.hasForeign ? (seenOf(given) as ValueMap) : (given as ValueMap)
  return { given: given as ValueMap, seen }
}

function parsedMap(text: string): Snapshot {
  if (text.length > LONGEST_TEXT) throw new NotData('the arguments are too long')
  const value = parsed(text)
  if (!isRecord(value)) throw new NotData('the arguments are no map')
  // JSON.parse gives nothing but data.
  return { given: value as ValueMap, seen: value as ValueMap }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new NotData('the arguments are no JSON')
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

class Copier {
  hasForeign = false
  private values = 0

  constructor(private readonly isProxy: (value: object) => boolean) {}

  copy(value: unknown, depth: number): unknown {
    if (++this.values > MOST_VALUES) throw new NotData('the arguments hold too many values')
    switch (typeof value) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'undefined':
        return value
      case 'bigint':
        this.hasForeign = true
        return value
      case 'object':
        return value === null ? null : this.object(value, depth)
      case 'function':
      case 'symbol':
        throw new NotData(`the arguments hold a ${typeof value}`)
    }
  }

  private object(value: object, depth: number): unknown {
    if (depth > DEEPEST) throw new NotData('the arguments are nested too deeply, or hold themselves')
    if (this.isProxy(value)) throw new NotData('the arguments hold a proxy')
    if (Array.isArray(value)) return this.list(value, depth)
    if (value instanceof Date) {
      this.hasForeign = true
      return new Date(value.getTime())
    }
    return this.map(value, depth)
  }

  private list(list: readonly unknown[], depth: number): readonly unknown[] {
    const copied: unknown[] = []
    for (let i = 0; i < list.length; i++) copied.push(this.copy(dataAt(list, String(i)), depth + 1))
    return copied
  }

  private map(map: object, depth: number): object {
    const prototype: unknown = Object.getPrototypeOf(map)
    if (!isPlainPrototype(prototype)) throw new NotData(`the arguments hold an object of the class ${nameOf(prototype)}`)
    const copied: Record<string, unknown> = {}
    for (const key of Object.keys(map)) {
      const value = this.copy(dataAt(map, key), depth + 1)
      if (key === '__proto__') Object.defineProperty(copied, key, { value, enumerable: true, configurable: true, writable: true })
      else copied[key] = value
    }
    return copied
  }
}

/** The prototype of maps, that of another realm included. */
function isPlainPrototype(prototype: unknown): boolean {
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

function nameOf(prototype: unknown): string {
  const name: unknown = (prototype as { readonly constructor?: { readonly name?: unknown } }).constructor?.name
  return typeof name === 'string' && /^\w+$/.test(name) ? `\`${name}\`` : 'that has no name'
}

/** The property's value, if reading it runs no code. */
function dataAt(holder: object, key: string): unknown {
  const property = Object.getOwnPropertyDescriptor(holder, key)
  if (property === undefined) return undefined
  if ('value' in property) return property.value
  throw new NotData(`the argument \`${key.slice(0, 64)}\` is computed when it is read`)
}

function seenOf(value: unknown): Value {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (Array.isArray(value)) return value.map(seenOf)
  if (!isRecord(value)) return value as Value // by what the copier lets through
  const entries = Object.entries(value).map(([key, item]) => [key, seenOf(item)] as const)
  return Object.fromEntries(entries)
}
