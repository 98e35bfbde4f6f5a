/** What a backslash introduces in ECMAScript with the flag `u`, but for anchors and group references. */
import { type CharSet, charRanges, complement, union } from './char-set.js'
import type { EsFlags } from './es-flags.js'
import { readProperty } from './es-properties.js'
import { isAsciiLetter, isDigit, isHexDigit, type PatternScanner } from './pattern-scanner.js'
import { closeOverCase } from './unicode/case-folding.js'
import { asciiDigit, asciiWord, esSpace } from './unicode/properties.js'

/** Takes a set escape (`\d`, `\p{…}`) whose letter is next; undefined, and nothing taken, where it is another escape. */
export function takeSetEscape(scanner: PatternScanner, flags: EsFlags, start: number): CharSet | undefined {
  const set = setOfLetter(scanner.peek(), flags)
  if (set !== undefined) {
    scanner.take()
    return set
  }
  if (scanner.match('p')) return readProperty(scanner, start)
  return scanner.match('P') ? complement(readProperty(scanner, start)) : undefined
}

function setOfLetter(letter: string, flags: EsFlags): CharSet | undefined {
  switch (letter) {
    case 'd':
      return asciiDigit
    case 'D':
      return complement(asciiDigit)
    case 's':
      return esSpace()
    case 'S':
      return complement(esSpace())
    case 'w':
      return esWord(flags)
    case 'W':
      return complement(esWord(flags))
    default:
      return undefined
  }
}

/** Two letters beyond ASCII, the long s and the Kelvin sign, are word characters where case is ignored. */
const foldedWord = union(
  asciiWord,
  charRanges([
    [0x17f, 0x17f],
    [0x212a, 0x212a],
  ]),
)

export function esWord(flags: EsFlags): CharSet {
  return flags.ignoreCase ? foldedWord : asciiWord
}

/** With the flag `u` a character matches a set if anything with the same folding is in it. */
export function esVariants(set: CharSet, flags: EsFlags): CharSet {
  return flags.ignoreCase ? closeOverCase(set) : set
}

const controls: Readonly<Record<string, number>> = { f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09, v: 0x0b }
const syntaxCharacters = '^$\\.*+?()[]{}|/'

/** The one character that an escape stands for; the backslash, at `start`, has been taken. */
export function readEsCharEscape(scanner: PatternScanner, start: number, inClass: boolean): number {
  const letter = scanner.take()
  if (letter === '') scanner.reject('a pattern cannot end with `\\`', start, 'write `\\\\` for a backslash')
  const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined
  if (control !== undefined) return control
  if (letter === 'x') return readHex(scanner, start, 2)
  if (letter === 'u') return readUnicode(scanner, start)
  if (letter === 'c') return readControlLetter(scanner, start)
  if (letter === '0' && !isDigit(scanner.peek())) return 0
  if (inClass && letter === 'b') return 0x08
  if (syntaxCharacters.includes(letter) || (inClass && letter === '-')) return letter.charCodeAt(0)
  scanner.reject(`unknown escape \`\\${letter}\``, start, helpFor(letter))
}

function readHex(scanner: PatternScanner, start: number, length: number): number {
  const digits = scanner.takeWhile(isHexDigit, length)
  if (digits.length < length) scanner.reject(`expected ${length} hexadecimal digits, found ${digits.length}`, start)
  return Number.parseInt(digits, 16)
}

function readUnicode(scanner: PatternScanner, start: number): number {
  if (!scanner.match('{')) return readUtf16(scanner, start)
  const digits = scanner.takeWhile(isHexDigit)
  const value = Number.parseInt(digits, 16)
  if (!scanner.match('}') || digits === '') scanner.reject('expected hexadecimal digits and a `}` after `\\u{`', start)
  if (value > 0x10ffff) scanner.reject('there is no such code point: the last one is `\\u{10ffff}`', start)
  return value
}

/** The escapes of two surrogates are one character, as the surrogates themselves would be. */
function readUtf16(scanner: PatternScanner, start: number): number {
  const high = readHex(scanner, start, 4)
  const afterHigh = scanner.at
  if (high >= 0xd800 && high <= 0xdbff && scanner.match('\\u') && isHexDigit(scanner.peek())) {
    const digits = scanner.takeWhile(isHexDigit, 4)
    const low = Number.parseInt(digits, 16)
    if (digits.length === 4 && low >= 0xdc00 && low <= 0xdfff) return (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000
  }
  scanner.rewind(afterHigh)
  return high
}

function readControlLetter(scanner: PatternScanner, start: number): number {
  const letter = scanner.take()
  if (!isAsciiLetter(letter)) scanner.reject('expected a letter after `\\c`', start)
  return letter.charCodeAt(0) % 32
}

function helpFor(letter: string): string {
  switch (letter) {
    case 'A':
      return 'the start of the text is `^` in this dialect'
    case 'Z':
    case 'z':
      return 'the end of the text is `$` in this dialect'
    case 'a':
      return 'write `\\x07`'
    case 'h':
      return 'write `[ \\t]`'
    case 'U':
      return 'write `\\u{…}` for a character by its number, such as `\\u{1F600}`'
    default:
      return isAsciiLetter(letter) || isDigit(letter)
        ? `write \`${letter}\` for the character itself, \`\\\\${letter}\` for a backslash before it`
        : `\`${letter}\` needs no \`\\\` in this dialect`
  }
}
