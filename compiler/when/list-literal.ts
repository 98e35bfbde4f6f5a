/** What stands between brackets → a list or a map. The first thing out of place is reported, and only that. */
import { quoted } from '../diagnostics/quoted.js'
import type { ExpressionProblem, ListLiteral, Literal, MapLiteral, Range, TextLiteral, Word } from './expression.js'

export type Item = { readonly kind: 'value'; readonly value: Literal } | ({ readonly kind: 'word' } & Word)

type Report = (problem: ExpressionProblem) => void

/** `[a, b]`, with or without a comma at the end. */
export function listOf(items: readonly Item[], range: Range, report: Report): ListLiteral {
  const odd = items.find((item, at) => (at % 2 === 0 ? item.kind !== 'value' : !isSign(item, ',')))
  if (odd !== undefined) report(oddItem(odd, items, '`,` or `]`'))
  return { kind: 'list', items: items.flatMap(item => (item.kind === 'value' ? [item.value] : [])), ...range }
}

/** `{ "a": 1 }`: key, colon, value, comma. */
export function mapOf(items: readonly Item[], range: Range, report: Report): MapLiteral {
  const odd = items.find((item, at) => !isInPlace(item, at % 4))
  const unfinished = items.length % 4 === 1 || items.length % 4 === 2
  if (odd !== undefined)
    report(oddItem(odd, items, ['a key in quotes', '`:` and a value', 'a value', '`,` or `}`'][items.indexOf(odd) % 4] ?? ''))
  else if (unfinished) report({ code: 'when-syntax', ...placeOf(items.at(-1), range), message: 'expected a value for this key' })
  return { kind: 'map', entries: odd === undefined && !unfinished ? entriesOf(items, report) : [], ...range }
}

function isInPlace(item: Item, at: number): boolean {
  if (at === 0) return item.kind === 'value' && item.value.kind === 'text'
  if (at === 2) return item.kind === 'value'
  return isSign(item, at === 1 ? ':' : ',')
}

function isSign(item: Item, sign: string): boolean {
  return item.kind === 'word' && item.text === sign
}

function entriesOf(items: readonly Item[], report: Report): MapLiteral['entries'] {
  const entries = new Map<string, { readonly key: TextLiteral; readonly value: Literal }>()
  for (let at = 0; at + 2 < items.length; at += 4) {
    const [key, value] = [keyOf(items[at]), valueOf(items[at + 2])]
    if (key === undefined || value === undefined) continue
    if (entries.has(key.value))
      report({ code: 'when-syntax', start: key.start, end: key.end, message: `the key ${quoted(key.value)} is written twice` })
    else entries.set(key.value, { key, value })
  }
  return [...entries.values()]
}

function keyOf(item: Item | undefined): TextLiteral | undefined {
  const value = valueOf(item)
  return value?.kind === 'text' ? value : undefined
}

function valueOf(item: Item | undefined): Literal | undefined {
  return item?.kind === 'value' ? item.value : undefined
}

function placeOf(item: Item | undefined, range: Range): Range {
  const { start, end } = item === undefined ? range : item.kind === 'value' ? item.value : item
  return { start, end }
}

function oddItem(item: Item, items: readonly Item[], expected: string): ExpressionProblem {
  const before = items[items.indexOf(item) - 1]
  const wantsValue = before === undefined || isSign(before, ',')
  const found = item.kind === 'value' ? 'another value' : quoted(item.text)
  const isWord = item.kind === 'word' && /^[\p{L}_]/u.test(item.text)
  const help = isWord ? `text stands in quotes: ${quoted(`"${item.text}"`)}` : undefined
  const message = `expected ${wantsValue && expected.includes(']') ? 'a value' : expected}, found ${found}`
  return { code: 'when-syntax', ...placeOf(item, { start: 0, end: 0 }), message, ...(help === undefined ? {} : { help }) }
}
