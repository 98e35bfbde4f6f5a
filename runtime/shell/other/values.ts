/** Values of code that are known at least in part, and what can be computed of them cheaply. */
import type { Text } from '../analysis.js'
import { ANY, join, prefixOf } from '../text.js'

export type Value = Text | readonly Value[]

/** No more than this is computed of a text. */
const MAX_LENGTH = 65536

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function isNumber(value: Value): value is string {
  return typeof value === 'string' && /^\d+$/.test(value)
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
export function mapText(text: Text, compute: (known: string) => Text): Text {
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

export function decodePercents(text: string): Text {
  // Some functions take `%u002e`, and a plus for a blank.
  if (/%u|\+/i.test(text)) return ANY
  return text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => decodeHex(digits))
}

export function rotate(text: string): string {
  return text.replace(/[a-z]/gi, each => String.fromCharCode(each.charCodeAt(0) + (each.toLowerCase() < 'n' ? 13 : -13)))
}

export function reversed(value: Value): Value {
  return isList(value) ? [...value].reverse() : mapText(value, text => [...text].reverse().join(''))
}

/** The text with one text in the place of another, all over or the first time. */
export function replaced(text: string, from: Text, to: Value, all: boolean): Text {
  // `$&` and `\\0` are what was found.
  if (typeof from !== 'string' || from === '' || /[$\\]/.test(prefixOf(textOf(to)))) return ANY
  const pieces = text.split(from)
  const [first = '', ...rest] = all ? pieces : [pieces[0] ?? '', pieces.slice(1).join(from)]
  return pieces.length === 1 ? text : concat([first, ...rest.flatMap(each => [textOf(to), each])])
}

/** As it is printed. */
function wholeNumber(text: string): Text {
  return /^(?:0|[1-9]\d*)$/.test(text) ? text : ANY
}

/** Of `printf`: the plain ones, and without a letter any other. */
export const DIRECTIVE = /%([csd%])?/

/** Of `format` in Python and PowerShell: the plain ones, and without a number any other brace. */
export const BRACES = /\{(\d*)\}|[{}]/

/** @param directive what stands for an argument in the template, with its letter or its number; nothing is known of one without */
export function formatted(template: Text, args: readonly Value[], directive: RegExp): Text {
  if (typeof template !== 'string') return ANY
  const pieces: Text[] = []
  let rest = template
  for (let next = 0, found = directive.exec(rest); found !== null; found = directive.exec(rest)) {
    const [whole, letter] = found
    if (letter === undefined) return ANY
    pieces.push(rest.slice(0, found.index))
    if (letter === '%') pieces.push('%')
    else {
      const text = textOf(args[/\d/.test(letter) ? Number(letter) : next++])
      pieces.push(
        letter === 'c'
          ? mapText(text, each => (isNumber(each) ? characterOf(each) : each))
          : letter === 'd'
            ? mapText(text, wholeNumber)
            : text,
      )
    }
    rest = rest.slice(found.index + whole.length)
  }
  return concat([...pieces, rest])
}
