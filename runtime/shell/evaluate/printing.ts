/** What `echo` and `printf` print (manual 4.2). */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { ANY, join, joinWords, lengthOf, partsOf, prefixOf } from '../text.js'
import { decodeEscapes } from './escapes.js'
import { MAX_LENGTH } from './pieces.js'

export function echo(args: readonly Text[], open: boolean): Text {
  let at = 0
  let escapes = false
  let newline = true
  for (; at < args.length; at++) {
    const option = args[at]
    if (typeof option !== 'string' || !/^-[neE]+$/.test(option)) break
    newline &&= !option.includes('n')
    escapes = option.includes('e') || (escapes && !option.includes('E'))
  }
  const words = open ? joinOpen(args.slice(at)) : joinWords(args.slice(at))
  const text = escapes ? mapText(words, part => decodeEscapes(part, true)) : words
  return join(text, open ? ANY : '', newline ? '\n' : '')
}

/** A word that may be no word at all has no blank before it then. */
function joinOpen(args: readonly Text[]): Text {
  return AbstractString.of(
    args.flatMap((arg, at) => [...(at === 0 || (typeof arg !== 'string' && arg.isUnrestricted) ? [] : [' ']), ...partsOf(arg)]),
  )
}

function mapText(text: Text, change: (part: string) => string): Text {
  return AbstractString.of(partsOf(text).map(part => (typeof part === 'string' ? change(part) : part)))
}

const SPECIFIER = /%(?:(%)|([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?(?:\(([^)]*)\))?([a-zA-Z]))/

/** The format is used again as long as arguments are left. */
export function printf(format: Text, args: readonly Text[], open: boolean): Text {
  if (typeof format !== 'string') return ANY
  const left = [...args].reverse()
  const printed: Text[] = []
  let length = 0
  for (let before = -1; before === -1 || (left.length > 0 && left.length < before); ) {
    before = left.length
    const text = once(format, left)
    length += lengthOf(text)
    if (length > MAX_LENGTH) return ANY
    printed.push(text)
  }
  return join(...printed, open ? ANY : '')
}

function once(format: string, args: Text[]): Text {
  const result: Text[] = []
  let rest = format
  for (let found = SPECIFIER.exec(rest); found !== null; found = SPECIFIER.exec(rest)) {
    result.push(decodeEscapes(rest.slice(0, found.index)))
    rest = rest.slice(found.index + found[0].length)
    result.push(found[1] === '%' ? '%' : converted(found, args))
  }
  result.push(decodeEscapes(rest))
  return join(...result)
}

function converted([, , flags = '', width = '', precision, , letter = '']: RegExpExecArray, args: Text[]): Text {
  const wide = width === '*' ? args.pop() : width
  const limit = precision === '*' ? args.pop() : precision
  const value = args.pop() ?? ''
  const text = conversion(letter, value)
  if (text === undefined || typeof wide !== 'string' || Number(wide) > MAX_LENGTH || (limit !== undefined && typeof limit !== 'string'))
    return ANY
  if (limit !== undefined && typeof text !== 'string') return ANY
  const cut = limit !== undefined && typeof text === 'string' ? text.slice(0, Number(limit)) : text
  if (typeof cut !== 'string') return Number(wide) > 0 ? ANY : cut
  return flags.includes('-') ? cut.padEnd(Number(wide)) : cut.padStart(Number(wide), flags.includes('0') ? '0' : ' ')
}

function conversion(letter: string, value: Text): Text | undefined {
  switch (letter) {
    case 's':
      return value
    case 'b':
      return mapText(value, part => decodeEscapes(part, true))
    case 'c':
      return prefixOf(value).slice(0, 1)
    case 'd':
    case 'i':
      return numeric(value, 10)
    case 'x':
      return numeric(value, 16)
    case 'X':
      return numeric(value, 16)?.toUpperCase()
    case 'o':
      return numeric(value, 8)
    case 'q':
      return typeof value === 'string' && /^[\w./-]+$/.test(value) ? value : undefined
    default:
      return undefined
  }
}

/** A number as it is written, or the code of the character behind a quote. */
function numeric(value: Text, base: number): string | undefined {
  if (value === '') return '0'
  if (typeof value !== 'string') return undefined
  const number = /^["']/.test(value) ? (value.codePointAt(1) ?? 0) : /^0[0-7]+$/.test(value) ? Number.parseInt(value, 8) : Number(value)
  return Number.isSafeInteger(number) ? number.toString(base) : undefined
}
