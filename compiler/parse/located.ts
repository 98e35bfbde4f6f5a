/** A YAML document as plain data, each part with its place in the source. Aliases are resolved, keys are text and unique. */
import type { Json } from '../ast.js'
import type { Span } from '../source.js'

export type Located = LocatedScalar | LocatedList | LocatedMap

export interface LocatedScalar {
  readonly kind: 'scalar'
  readonly data: null | boolean | number | string
  readonly span: Span
  /** The scalar as written; of an alias, where its anchor is. */
  readonly written: Written
  readonly size: 1
}

export interface LocatedList {
  readonly kind: 'list'
  readonly data: readonly Json[]
  readonly span: Span
  readonly items: readonly Located[]
  readonly size: number
}

export interface LocatedMap {
  readonly kind: 'map'
  readonly data: { readonly [key: string]: Json }
  readonly span: Span
  readonly entries: ReadonlyMap<string, Entry>
  /** The number of values in it, itself included and aliases written out. */
  readonly size: number
}

export interface Entry {
  readonly key: string
  readonly keySpan: Span
  readonly value: Located
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block'

export interface Written {
  readonly style: ScalarStyle
  readonly span: Span
  /** Of a text that is itself written in a text: its places. */
  readonly inner?: (offset: number, length: number) => Span
}

export function locatedList(items: readonly Located[], span: Span): LocatedList {
  return { kind: 'list', data: items.map(({ data }) => data), span, items, size: sizeOf(items) }
}

/** @param entries with keys that differ */
export function locatedMap(entries: readonly Entry[], span: Span): LocatedMap {
  // `fromEntries` defines own properties: a key `__proto__` is one like any other.
  const data: { readonly [key: string]: Json } = Object.fromEntries(entries.map(({ key, value }) => [key, value.data]))
  const size = sizeOf(entries.map(({ value }) => value))
  return { kind: 'map', data, span, entries: new Map(entries.map(entry => [entry.key, entry])), size }
}

function sizeOf(values: readonly Located[]): number {
  return values.reduce((size, value) => size + value.size, 1)
}

/** The value under a key; undefined too where `map` is no map. */
export function valueAt(map: Located | undefined, key: string): Located | undefined {
  return map?.kind === 'map' ? map.entries.get(key)?.value : undefined
}

export function textAt(map: Located | undefined, key: string): string | undefined {
  return textOf(valueAt(map, key))
}

export function textOf(value: Located | undefined): string | undefined {
  return typeof value?.data === 'string' ? value.data : undefined
}

export function itemsOf(value: Located | undefined): readonly Located[] {
  return value?.kind === 'list' ? value.items : []
}

export function entriesOf(value: Located | undefined): readonly Entry[] {
  return value?.kind === 'map' ? [...value.entries.values()] : []
}

/** From a key to the end of its value. */
export function entrySpan({ keySpan, value }: Entry): Span {
  // The value of an alias lies where its anchor is, perhaps before the key.
  const end = value.span.end > keySpan.end ? value.span.end : keySpan.end
  return { source: keySpan.source, start: keySpan.start, end }
}
