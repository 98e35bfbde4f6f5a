/** What the two regex dialects mean by the same signs. */
import { type CharSet, charSet, charsOf, complement, union } from './char-set.js'
import { asciiFoldedSet, charsLike, foldedSet, pythonFoldedSet, sameLetter } from './unicode.js'

export interface Flags {
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
  readonly ascii: boolean
  readonly verbose: boolean
}

export interface RegexDialect {
  /** `\d`, `\s` and `\w`. */
  classOf(letter: string, flags: Flags): CharSet
  folded(set: CharSet, flags: Flags): CharSet
  /** What ends a line, for `.`, `^` and `$`. */
  readonly lineBreaks: CharSet
  /** `$` also stands before a newline that ends the text. */
  readonly endBeforeNewline: boolean
  readonly boundaryInEmptyText: boolean
  /** Whether a reference takes the one for the other. */
  sameChar(a: number, b: number, flags: Flags): boolean
}

const ASCII_DIGITS = charSet([[0x30, 0x39]])
const ASCII_WORD = union(
  ASCII_DIGITS,
  charsOf('_'),
  charSet([
    [0x41, 0x5a],
    [0x61, 0x7a],
  ]),
)
const ASCII_SPACE = charsOf('\t\n\v\f\r ')

/** `str.isspace` counts the separators of information and the next line; the engine's `\s` the byte order mark. */
function pythonSpace(): CharSet {
  return union(
    charsLike('\\p{Z}'),
    charSet([
      [0x09, 0x0d],
      [0x1c, 0x1f],
      [0x85, 0x85],
    ]),
  )
}

export const python: RegexDialect = {
  classOf(letter, { ascii }) {
    if (letter === 'd') return ascii ? ASCII_DIGITS : charsLike('\\p{Nd}')
    if (letter === 's') return ascii ? ASCII_SPACE : pythonSpace()
    return ascii ? ASCII_WORD : charsLike('\\p{L}\\p{N}_')
  },
  folded(set, { ignoreCase, ascii }) {
    if (!ignoreCase) return set
    return ascii ? asciiFoldedSet(set) : pythonFoldedSet(set)
  },
  lineBreaks: charsOf('\n'),
  endBeforeNewline: true,
  boundaryInEmptyText: false,
  sameChar(a, b, { ignoreCase, ascii }) {
    if (a === b || !ignoreCase) return a === b
    return lowered(a, ascii) === lowered(b, ascii)
  },
}

export const ecmaScript: RegexDialect = {
  classOf(letter, { ignoreCase }) {
    if (letter === 'd') return ASCII_DIGITS
    if (letter === 's') return charsLike('\\s')
    return ignoreCase ? foldedSet(ASCII_WORD) : ASCII_WORD
  },
  folded: (set, { ignoreCase }) => (ignoreCase ? foldedSet(set) : set),
  lineBreaks: charsOf('\n\r\u2028\u2029'),
  endBeforeNewline: false,
  boundaryInEmptyText: true,
  sameChar: (a, b, { ignoreCase }) =>
    a === b || (ignoreCase && a >= 0 && b >= 0 && sameLetter(String.fromCodePoint(a), String.fromCodePoint(b))),
}

function lowered(point: number, ascii: boolean): number {
  if (point < 0 || (ascii && point >= 0x80)) return point
  return String.fromCodePoint(point).toLowerCase().codePointAt(0) ?? point
}

/** The set of `\d`, `\D`, `\w` and so on; undefined where the letter names none. */
export function escapedClass(dialect: RegexDialect, letter: string, flags: Flags): CharSet | undefined {
  if (!'dDsSwW'.includes(letter)) return undefined
  const set = dialect.classOf(letter.toLowerCase(), flags)
  return letter === letter.toLowerCase() ? set : complement(set)
}
