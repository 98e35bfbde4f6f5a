/** What was expected and what was found, in the words of people who write YAML. */
import type { Located } from '../parse/located.js'
import { quoted } from '../diagnostics/quoted.js'

/** A value as messages name it: never by a type of the host language. */
export function found(value: Located): string {
  if (value.kind !== 'scalar') return `a ${value.kind}`
  const { data } = value
  if (data === null) return 'nothing'
  if (typeof data === 'string') return data === '' ? 'an empty text' : `the text ${quoted(data)}`
  return typeof data === 'number' ? `the number ${quoted(asWritten(value))}` : quoted(asWritten(value))
}

/** A scalar as its author wrote it: `1.10` is not `1.1`. */
export function asWritten(value: Located): string {
  return value.span.source.text.slice(value.span.start, value.span.end)
}

const words: { readonly [type: string]: string } = {
  string: 'text',
  number: 'a number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a map',
}

export function expectedTypes(types: readonly string[]): string {
  const all = types.flatMap(type => words[type] ?? [])
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`
}
