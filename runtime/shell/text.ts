/** Strings that may be known only in part, and the few things that every model of a program does with them. */
import { AbstractString, type Part } from '../decide/abstract-string.js'
import type { Text } from './analysis.js'

/** A text of which nothing is known. */
export const ANY: Text = AbstractString.of([{ hole: 'any' }])

export function partsOf(text: Text): readonly Part[] {
  return typeof text === 'string' ? (text === '' ? [] : [text]) : text.parts
}

function isKnown(text: Text): text is string {
  return typeof text === 'string'
}

export function join(...texts: readonly Text[]): Text {
  let all = ''
  for (const text of texts) {
    if (typeof text !== 'string') return AbstractString.of(texts.flatMap(partsOf))
    all += text
  }
  return all
}

/** The texts with blanks between them, as `eval` and `ssh` join their arguments. */
export function joinWords(texts: readonly Text[]): Text {
  return texts.every(isKnown)
    ? texts.join(' ')
    : AbstractString.of(texts.flatMap((text, i) => (i === 0 ? partsOf(text) : [' ', ...partsOf(text)])))
}

/** What is known of the text from its start up to the first hole. */
export function prefixOf(text: Text): string {
  if (typeof text === 'string') return text
  const [first] = text.parts
  return typeof first === 'string' ? first : ''
}

/** The text without its first units. @param length in UTF-16 units, at most those of the known prefix */
export function dropPrefix(text: Text, length: number): Text {
  if (typeof text === 'string') return text.slice(length)
  const [first, ...rest] = text.parts
  return typeof first === 'string' ? AbstractString.of([first.slice(length), ...rest]) : text
}

/** The text before and after the first separator of its known prefix; undefined where there is none. */
export function splitOnce(text: Text, separator: string): readonly [before: string, after: Text] | undefined {
  const prefix = prefixOf(text)
  const at = prefix.indexOf(separator)
  return at === -1 ? undefined : [prefix.slice(0, at), dropPrefix(text, at + separator.length)]
}

/** How many units are known of it. */
export function lengthOf(text: Text): number {
  return typeof text === 'string'
    ? text.length
    : text.parts.reduce((length, part) => length + (typeof part === 'string' ? part.length : 1), 0)
}
