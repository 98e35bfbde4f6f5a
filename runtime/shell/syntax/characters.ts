/** How bash sorts characters. Only space, tab and newline are blank: a carriage return or U+00A0 is a letter of a word. */

/** Ends the run of plain text; what it does depends on where it stands. */
export const PLAIN = 0
/** Ends the word, or the region. */
export const STOP = 1
/** A quote, `\`, `$` or a backtick. */
export const QUOTING = 2
/** Begins a pattern list where `(` follows: `?*+@!`. */
export const PATTERN = 3
/** `<` or `>`, which begins a process substitution where `(` follows; otherwise it ends a word of a command. */
export const ANGLE = 4
/** A parenthesis or bracket that may nest in the region. */
export const NEST = 5

/** What each of the first 128 code units is in one place of the grammar; all others are plain. */
export type CharacterTable = Uint8Array

function table(stops: string, others: Readonly<Record<string, number>> = {}, quoting = '\\\'"`$'): CharacterTable {
  const made = new Uint8Array(128)
  for (const [chars, kind] of [[quoting, QUOTING], ...Object.entries(others), [stops, STOP]] as const)
    for (const char of chars) made[char.charCodeAt(0)] = kind
  return made
}

const EXPANDING = '\\`$'

/** A word of a command. */
export const WORD = table(' \t\n;&|()', { '?*+@!': PATTERN, '<>': ANGLE })
/** The regular expression after `=~`: parentheses and `|` belong to it. */
export const REGEX = table(' \t\n;&)', { '<>': ANGLE, '(': NEST })
/** The word after an operator in `${x:-…}`. */
export const OPERAND = table('}', { '<>': ANGLE })
/** The pattern in `${x/…/…}`. */
export const REPLACED = table('/}', { '<>': ANGLE })
/** Between double quotes. */
export const QUOTED = table('"', {}, EXPANDING)
/** The body of a here-document. */
export const BODY = table('', {}, EXPANDING)
/** Between single quotes in a word of `"${x:-…}"`, where they are text. */
export const SHIELDED = table('', {}, EXPANDING)
/** An arithmetic expression in double parentheses, whose end is known. */
export const EXPRESSION = table('')
/** One of the three expressions of a loop. */
export const LOOP_EXPRESSION = table(';')
/** `$[…]`. */
export const OLD_EXPRESSION = table(']', { '[': NEST })
/** The word in `"${x:-…}"`. */
export const QUOTED_OPERAND = table('}')
/** `${x:…}`: an expression up to the colon of the length. */
export const OFFSET = table(':}')
/** `a[…]` before `=`, and in `${a[…]}`. */
export const SUBSCRIPT = table(']', { '[': NEST })

const NAME = 1
const DIGIT = 2
const SPECIAL = 4
const names = new Uint8Array(128)
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_') names[char.charCodeAt(0)] = NAME
for (const char of '0123456789') names[char.charCodeAt(0)] = DIGIT
for (const char of '@*#?-$!') names[char.charCodeAt(0)] = SPECIAL

export function isNameStart(code: number): boolean {
  return names[code] === NAME
}

export function isNamePart(code: number): boolean {
  return names[code] === NAME || names[code] === DIGIT
}

export function isDigit(code: number): boolean {
  return names[code] === DIGIT
}

/** A parameter whose name is a sign. */
export function isSpecial(code: number): boolean {
  return names[code] === SPECIAL
}

/** What may follow a reserved word: the end (-1), a blank or an operator. */
export function endsWord(code: number): boolean {
  if (code >= 128) return false
  const kind = WORD[code] ?? STOP
  return kind === STOP || kind === ANGLE
}

export const TAB = 9
export const NEWLINE = 10
export const SPACE = 32
export const BANG = 33
export const DOUBLE_QUOTE = 34
export const HASH = 35
export const DOLLAR = 36
export const AMPERSAND = 38
export const QUOTE = 39
export const OPEN = 40
export const CLOSE = 41
export const STAR = 42
export const PLUS = 43
export const MINUS = 45
export const SLASH = 47
export const COLON = 58
export const SEMICOLON = 59
export const LESS = 60
export const EQUALS = 61
export const GREATER = 62
export const AT = 64
export const BRACKET = 91
export const BACKSLASH = 92
export const CLOSE_BRACKET = 93
export const BACKTICK = 96
export const BRACE = 123
export const BAR = 124
export const CLOSE_BRACE = 125
