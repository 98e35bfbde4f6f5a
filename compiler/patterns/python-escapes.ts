/** What a backslash introduces in Python's `re`, but for anchors and group references. */
import { type CharSet, codePointLimit, complement } from './char-set.js'
import { isAsciiLetter, isDigit, isHexDigit, type PatternScanner } from './pattern-scanner.js'
import type { PythonFlags } from './python-flags.js'
import { asciiDigit, asciiSpace, asciiWord, pythonDigit, pythonSpace, pythonWord } from './unicode/properties.js'

/** The set that `\w`, `\D` … stand for. */
export function classEscape(letter: string, flags: PythonFlags): CharSet | undefined {
  switch (letter) {
    case 'w':
      return wordSet(flags)
    case 'W':
      return complement(wordSet(flags))
    case 'd':
      return flags.ascii ? asciiDigit : pythonDigit()
    case 'D':
      return complement(flags.ascii ? asciiDigit : pythonDigit())
    case 's':
      return flags.ascii ? asciiSpace : pythonSpace()
    case 'S':
      return complement(flags.ascii ? asciiSpace : pythonSpace())
    default:
      return undefined
  }
}

export function wordSet(flags: PythonFlags): CharSet {
  return flags.ascii ? asciiWord : pythonWord()
}

const controls: Readonly<Record<string, number>> = { a: 0x07, f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09, v: 0x0b, '\\': 0x5c }
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** The one character that an escape stands for; the backslash, at `start`, has been taken. */
export function readCharEscape(scanner: PatternScanner, start: number, inClass: boolean): number {
  const letter = scanner.take()
  if (letter === '') scanner.reject('a pattern cannot end with `\\`', start, 'write `\\\\` for a backslash')
  if (inClass && letter === 'b') return 0x08
  const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined
  if (control !== undefined) return control
  const hexLength = Object.hasOwn(hexLengths, letter) ? hexLengths[letter] : undefined
  if (hexLength !== undefined) return readHex(scanner, start, hexLength)
  if (isDigit(letter)) return readOctal(scanner, start, letter)
  if (letter === 'N') rejectNamed(scanner, start)
  if (isAsciiLetter(letter)) rejectUnknown(scanner, start, letter)
  return letter.codePointAt(0) ?? 0
}

function readHex(scanner: PatternScanner, start: number, length: number): number {
  const digits = scanner.takeWhile(isHexDigit, length)
  const value = Number.parseInt(digits, 16)
  if (digits.length < length) scanner.reject(`expected ${length} hexadecimal digits, found ${digits.length}`, start)
  if (value >= codePointLimit) scanner.reject('there is no such code point: the last one is `\\U0010ffff`', start)
  return value
}

function readOctal(scanner: PatternScanner, start: number, first: string): number {
  const digits = first + scanner.takeWhile(char => char >= '0' && char <= '7', 2)
  const value = Number.parseInt(digits, 8)
  if (first > '7') scanner.reject(`unknown escape \`\\${first}\``, start)
  if (value > 0o377) scanner.reject(`the octal escape \`\\${digits}\` is greater than \`\\377\``, start)
  return value
}

function rejectNamed(scanner: PatternScanner, start: number): never {
  scanner.takeUntil('}')
  const help = 'write the character itself, or its number as `\\u2014`'
  scanner.reject('characters cannot be given by name', start, help, 'regex-unsupported')
}

function rejectUnknown(scanner: PatternScanner, start: number, letter: string): never {
  scanner.reject(`unknown escape \`\\${letter}\``, start, helpFor(letter))
}

function helpFor(letter: string): string {
  switch (letter) {
    case 'z':
      return 'the end of the text is `\\Z` in this dialect'
    case 'p':
    case 'P':
      return 'this dialect has no properties; `\\w`, `\\d` and `\\s` know all of Unicode, and `dialect: es` has `\\p{…}`'
    case 'k':
      return 'references to groups are not regular'
    case 'h':
      return 'write `[ \\t]`'
    default:
      return `write \`${letter}\` for the letter, \`\\\\${letter}\` for a backslash before it`
  }
}
