/** Values of code that are known at least in part, and what can be computed of them cheaply. */
import type { Text } from '../analysis.js'
import { ANY, join } from '../text.js'

export type Value = Text | readonly Value[]

/** No more than this is computed of a text. */
const MAX_LENGTH = 65536

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function textOf(value: Value | undefined): Text {
  return value === undefined || isList(value) ? ANY : value
}

export function concat(texts: readonly Text[]): Text {
  const length = texts.reduce((sum, text) => sum + (typeof text === 'string' ? text.length : 64), 0)
  return length > MAX_LENGTH ? ANY : join(...texts)
}

export function joinBy(separator: Text, values: readonly Value[]): Text {
  return concat(values.flatMap((value, i) => (i === 0 ? [textOf(value)] : [separator, textOf(value)])))
}

/** The text that a function computes of a known text. */
export function mapText(text: Text, compute: (known: string) => string): Text {
  return typeof text === 'string' ? compute(text) : ANY
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function decodeBase64(text: string): string {
  let bits = 0
  let count = 0
  let decoded = ''
  for (const each of text.replace(/-/g, '+').replace(/_/g, '/')) {
    const digit = ALPHABET.indexOf(each)
    if (digit === -1) continue
    bits = ((bits << 6) | digit) & 0xffff
    count += 6
    if (count < 8) continue
    count -= 8
    decoded += String.fromCharCode((bits >> count) & 0xff)
  }
  return decoded
}

export function decodeHex(text: string): string {
  let decoded = ''
  for (let at = 0; at + 1 < text.length; at += 2) decoded += characterOf(`0x${text.slice(at, at + 2)}`)
  return decoded
}

export function characterOf(number: string): string {
  const code = Number(number)
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(Math.floor(code)) : ''
}
