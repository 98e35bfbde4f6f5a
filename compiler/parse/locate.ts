/** YAML nodes → plain data with places: aliases resolved, duplicate and odd keys reported. */
import { type Alias, isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import type { Source, Span } from '../source.js'
import { type Entry, type Located, locatedList, locatedMap, type LocatedScalar, type ScalarStyle } from './located.js'

/** How many values all aliases of a file may stand for: enough for any policy, too few for a "billion laughs". */
const ALIASED_VALUES = 100_000

interface Reading {
  readonly source: Source
  readonly diagnostics: Diagnostic[]
  readonly anchors: Map<string, Located>
  aliasedValues: number
}

export function locate(source: Source, contents: ParsedNode): { readonly root: Located; readonly diagnostics: readonly Diagnostic[] } {
  const reading: Reading = { source, diagnostics: [], anchors: new Map(), aliasedValues: 0 }
  const root = locateNode(contents, reading)
  return { root, diagnostics: reading.diagnostics }
}

function locateNode(node: unknown, reading: Reading): Located {
  if (isAlias(node)) return locateAlias(node, reading)
  const located = locateOwn(node, reading)
  // Set after its value is read: an anchor cannot be used within what it names.
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined
  if (anchor !== undefined) reading.anchors.set(anchor, located)
  return located
}

function locateOwn(node: unknown, reading: Reading): Located {
  if (isMap(node)) return locateMap(node, reading)
  if (isSeq(node)) return locateList(node, reading)
  return isScalar(node) ? locateScalar(node, reading) : nothing(spanOf(undefined, reading))
}

function locateScalar(node: Scalar, reading: Reading): LocatedScalar {
  const span = spanOf(node.range, reading)
  const { value } = node
  const data = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  return { kind: 'scalar', data, span: withoutLineEnd(span), written: { style: styleOf(node), span }, size: 1 }
}

function styleOf({ type }: Scalar): ScalarStyle {
  switch (type) {
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL':
      return 'block'
    case 'QUOTE_DOUBLE':
      return 'double'
    case 'QUOTE_SINGLE':
      return 'single'
    default:
      return 'plain'
  }
}

function locateList(node: YAMLSeq, reading: Reading): Located {
  const items = node.items.map(item => locateNode(item, reading))
  return locatedList(items, spanOf(node.range, reading))
}

function locateMap(node: YAMLMap, reading: Reading): Located {
  const entries = new Map<string, Entry>()
  for (const pair of node.items) addEntry(pair, entries, reading)
  return locatedMap([...entries.values()], withoutLineEnd(spanOf(node.range, reading)))
}

function addEntry(pair: Pair, entries: Map<string, Entry>, reading: Reading): void {
  const key = locateNode(pair.key, reading)
  const value = locateValue(pair.value, key.span, reading)
  if (!isKey(key, reading)) return
  const first = entries.get(key.data)
  if (first === undefined) entries.set(key.data, { key: key.data, keySpan: key.span, value })
  else reportDuplicate(key.data, key.span, first.keySpan, reading)
}

/** A value that is not written has the place of its key. */
function locateValue(node: unknown, keySpan: Span, reading: Reading): Located {
  if (node == null) return nothing(keySpan)
  const value = locateNode(node, reading)
  const unwritten = value.kind === 'scalar' && value.data === null && value.span.start === value.span.end
  return unwritten ? { ...value, span: keySpan } : value
}

function isKey(key: Located, reading: Reading): key is LocatedScalar & { readonly data: string } {
  if (key.kind !== 'scalar' || typeof key.data !== 'string') {
    reportOddKey(key, reading)
    return false
  }
  if (key.data !== '<<' || key.written.style !== 'plain') return true
  const help = 'merge keys are not part of YAML 1.2: repeat the entries, or give the whole value an anchor `&name` and use `*name`'
  reading.diagnostics.push(error({ code: 'yaml-merge-key', span: key.span, message: '`<<` does not merge maps here', help }))
  return false
}

function reportOddKey(key: Located, { source, diagnostics }: Reading): void {
  const written = source.text.slice(key.span.start, key.span.end)
  const found = key.kind === 'scalar' ? (written === '' ? 'nothing' : quoted(written)) : `a ${key.kind}`
  const help = key.kind === 'scalar' && written !== '' ? `write it in quotes: \`"${written}"\`` : undefined
  diagnostics.push(error({ code: 'yaml-key', span: key.span, message: `expected text as a key, found ${found}`, help }))
}

function reportDuplicate(key: string, span: Span, first: Span, { diagnostics }: Reading): void {
  const related = [{ span: first, message: 'first written here' }]
  diagnostics.push(error({ code: 'duplicate-key', span, message: `the key ${quoted(key)} is written twice`, related }))
}

function locateAlias(node: Alias, reading: Reading): Located {
  const span = spanOf(node.range, reading)
  const target = reading.anchors.get(node.source)
  if (target === undefined) return unknownAlias(node.source, span, reading)
  const before = reading.aliasedValues
  reading.aliasedValues += target.size
  if (reading.aliasedValues <= ALIASED_VALUES) return { ...target, span }
  if (before <= ALIASED_VALUES) reportBomb(span, reading)
  return nothing(span)
}

function reportBomb(span: Span, { diagnostics }: Reading): void {
  const message = `the aliases of this file stand for more than ${ALIASED_VALUES.toLocaleString('en')} values`
  diagnostics.push(error({ code: 'yaml-alias', span, message, help: 'write the values out where they are needed' }))
}

function unknownAlias(name: string, span: Span, { diagnostics }: Reading): Located {
  const message = `the alias ${quoted(`*${name}`)} names no value before it`
  const help = `give a value the anchor \`&${name}\` before it is used, or put a text that starts with \`*\` in quotes`
  diagnostics.push(error({ code: 'yaml-alias', span, message, help }))
  return nothing(span)
}

function nothing(span: Span): LocatedScalar {
  return { kind: 'scalar', data: null, span, written: { style: 'plain', span }, size: 1 }
}

function spanOf(range: readonly [number, number, number] | null | undefined, { source }: Reading): Span {
  const [start, end] = range ?? [0, 0]
  return { source, start, end }
}

/** Blocks reach up to the next line; what people mean ends with its last character. */
function withoutLineEnd({ source, start, end }: Span): Span {
  let last = end
  while (last > start && /\s/.test(source.text.charAt(last - 1))) last--
  return { source, start, end: last }
}
