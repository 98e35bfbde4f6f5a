/** Values of code that are known at least in part, and what can be computed of them cheaply. */
import type { Text } from '../analysis.js'
import { ANY, join, prefixOf } from '../text.js'

/** As it is written in the code. */
interface NumberValue {
  readonly number: string
}

export type Value = Text | NumberValue | readonly Value[]

/** No more than this is computed of a text. */
const MAX_LENGTH = 65536

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function isNumber(value: Value): value is NumberValue {
  return typeof value === 'object' && 'number' in value
}

/** What a number is printed as. */
export function textOf(value: Value | undefined): Text {
  if (value === undefined || isList(value)) return ANY
  return isNumber(value) ? wholeNumber(value.number) : value
}

export function concat(texts: readonly Text[]): Text {
  const length = texts.reduce((sum, text) => sum + (typeof text === 'string' ? text.length : 64), 0)
  return length > MAX_LENGTH ? ANY : join(...texts)
}

export function joinBy(separator: Text, values: readonly Value[]): Text {
  return concat(values.flatMap((value, i) => (i === 0 ? [textOf(value)] : [separator, textOf(value)])))
}

/** The same where what is not known may be several or none, or have taken what stands after it. */
export function joinLists(separator: Text, values: readonly Value[]): Text {
  const known = values.findIndex(value => textOf(value) === ANY)
  return known === -1 ? joinBy(separator, values) : concat([joinBy(separator, values.slice(0, known)), ANY])
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

/** Two digits are a character each. */
export function decodeHex(text: string): Text {
  const pairs = text.match(/[0-9a-f]{2}/gi) ?? []
  return 2 * pairs.length === text.length ? concat(pairs.map(pair => characterOf(parseInt(pair, 16)))) : ANY
}

/** The character of a code; what is beyond ASCII is read as bytes here and as characters there. */
export function characterOf(code: number): Text {
  return code >= 0 && code < 128 ? String.fromCharCode(Math.floor(code)) : ANY
}

/** The character of a number as it is written. A zero before it makes it octal in some languages. */
export function characterOfNumber(value: Value | undefined): Text {
  const text = value !== undefined && isNumber(value) ? value.number : textOf(value)
  return mapText(text, number => (/^0\d/.test(number) || number === '' ? ANY : characterOf(Number(number))))
}

/** What holds nothing beyond ASCII, which languages see differently. */
export function ascii(text: string): Text {
  return /^[\0-\x7f]*$/.test(text) ? text : ANY
}

/** What all languages take for the same. */
export function plainBase64(text: string): Text {
  return /^[a-z0-9+/]*={0,2}$/i.test(text) ? ascii(decodeBase64(text)) : ANY
}

export function decodePercents(text: string): Text {
  // Some functions take `%u002e`, and a plus for a blank.
  if (/%u|\+/i.test(text)) return ANY
  const [first = '', ...rest] = text.split('%')
  return concat([first, ...rest.flatMap(each => (/^[0-9a-f]{2}/i.test(each) ? [decodeHex(each.slice(0, 2)), each.slice(2)] : ['%', each]))])
}

export function rotate(text: string): string {
  return text.replace(/[a-z]/gi, each => String.fromCharCode(each.charCodeAt(0) + (each.toLowerCase() < 'n' ? 13 : -13)))
}

export function reversed(value: Value): Value {
  return isList(value) ? [...value].reverse() : mapText(textOf(value), text => mapText(ascii(text), known => [...known].reverse().join('')))
}

/** The text with one text in the place of another, all over or the first time. */
export function replaced(text: string, from: Text, to: Value, all: boolean): Text {
  // `$&` and `\\0` are what was found.
  if (typeof from !== 'string' || from === '' || /[$\\]/.test(prefixOf(textOf(to)))) return ANY
  const pieces = text.split(from)
  const [first = '', ...rest] = all ? pieces : [pieces[0] ?? '', pieces.slice(1).join(from)]
  return pieces.length === 1 ? text : concat([first, ...rest.flatMap(each => [textOf(to), each])])
}

/** The number as it is printed; what is not plain is not. */
function wholeNumber(text: string): Text {
  return /^(?:0|[1-9]\d*)$/.test(text) ? text : ANY
}

/** Of a text of digits some languages take the number, others the first digit. */
function characterIn(value: Value | undefined): Text {
  if (value !== undefined && isNumber(value)) return characterOfNumber(value)
  return mapText(textOf(value), text => (/^\d/.test(text) || text.length > 1 ? ANY : text))
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
      const value = args[/\d/.test(letter) ? Number(letter) : next++]
      pieces.push(letter === 'c' ? characterIn(value) : letter === 'd' ? mapText(textOf(value), wholeNumber) : textOf(value))
    }
    rest = rest.slice(found.index + whole.length)
  }
  return concat([...pieces, rest])
}

/** A path of several. @param rooted one that begins with a slash begins anew */
export function joinPaths(values: readonly Value[], rooted: boolean): Text {
  const texts = values.map(textOf).filter(text => text !== '')
  const from = rooted ? lastIndex(texts, text => prefixOf(text).startsWith('/')) : 0
  const [first = '.', ...rest] = texts.slice(Math.max(from, 0))
  return rest.reduce((path, text) => concat([path, typeof path === 'string' && path.endsWith('/') ? '' : '/', text]), first)
}

/** As Ruby's `File.join`: one slash between each two. */
export function joinSlashed(values: readonly Value[]): Text {
  const [first = '', ...rest] = values.map(textOf).filter((text, i) => text !== '' || i === 0 || i === values.length - 1)
  const strip = (text: Text, slashes: RegExp): Text => (typeof text === 'string' ? text.replace(slashes, '') : text)
  return rest.reduce((path, text) => concat([strip(path, /\/+$/), '/', strip(text, /^\/+/)]), first)
}

function lastIndex(texts: readonly Text[], is: (text: Text) => boolean): number {
  let at = texts.length - 1
  while (at >= 0 && !is(texts[at] as Text)) at-- // in bounds
  return at
}
