/**
 * The tokens of a common part of bash, written from the reference manual for a generator of parsers: another way to the same trees.
 * Not in it: here-documents, arithmetic with nesting, extended patterns, regular expressions, errors.
 */
import { createToken, Lexer, type TokenType } from 'chevrotain'

const COMMAND = 'command'
const QUOTES = 'quotes'
const PARAMETER = 'parameter'
const OPERATION = 'operation'

/** What may stand behind a reserved word. */
const ENDS = '(?![^ \\t\\n;&|()<>])'

function token(name: string, pattern: RegExp, more: Partial<Parameters<typeof createToken>[0]> = {}): TokenType {
  return createToken({ name, pattern, ...more })
}

/** A token that begins only where a word could. */
function atStart(name: string, pattern: RegExp, more: Partial<Parameters<typeof createToken>[0]> = {}): TokenType {
  const match = (text: string, offset: number): RegExpExecArray | null => {
    pattern.lastIndex = offset
    return offset === 0 || ' \t\n;&|()<>'.includes(text.charAt(offset - 1)) ? pattern.exec(text) : null
  }
  return createToken({ name, pattern: match, line_breaks: false, ...more })
}

/** What is text of a word wherever it does not begin something. */
export const Plain = createToken({ name: 'Plain', pattern: Lexer.NA })
const textual = { categories: [Plain] }

export const Text = token('Text', /[^ \t\n;&|()<>"'`$\\]+/, textual)
export const Literal = token('Literal', /\$(?![\w({[@*#?$!'"-])/, textual)
export const Assign = token('Assign', /[A-Za-z_]\w*\+?=/, textual)
export const Escape = token('Escape', /\\[^\n]/)
export const SingleQuotes = token('SingleQuotes', /'[^']*'/, { line_breaks: true })
export const Backtick = token('Backtick', /`[^`\\]*`/, { line_breaks: true })
export const Parameter = token('Parameter', /\$(?:[A-Za-z_]\w*|[@*#?$!0-9-])/)
export const Arithmetic = token('Arithmetic', /\$\(\([\w+*/% -]*\)\)/)
export const Comment = atStart('Comment', /#[^\n]*/y, { group: Lexer.SKIPPED })
export const Blank = token('Blank', /(?:[ \t]|\\\n)+/, { group: Lexer.SKIPPED, line_breaks: true })
export const Newline = token('Newline', /\n/, { line_breaks: true })
export const And = token('And', /&&/)
export const Or = token('Or', /\|\|/)
export const PipeBoth = token('PipeBoth', /\|&/)
export const Pipe = token('Pipe', /\|/)
export const CaseEnd = token('CaseEnd', /;;&|;&|;;/)
export const Semicolon = token('Semicolon', /;/)
export const Ampersand = token('Ampersand', /&/)
export const Descriptor = atStart('Descriptor', /(?:\d+|\{[A-Za-z_]\w*\})(?=[<>](?!\())/y)
export const Redirect = token('Redirect', /&>>|&>|<<<|<&|<>|>>|>&|>\||<(?!\()|>(?!\()/)
export const Process = token('Process', /[<>]\(/, { push_mode: COMMAND })
export const Substitution = token('Substitution', /\$\(/, { push_mode: COMMAND })
export const Open = token('Open', /\(/, { push_mode: COMMAND })
export const Close = token('Close', /\)/, { pop_mode: true })
export const Quotes = token('Quotes', /"/, { push_mode: QUOTES })
export const QuotesEnd = token('QuotesEnd', /"/, { pop_mode: true })
export const QuotedText = token('QuotedText', /(?:[^"$`\\]|\\[^$`"\\\n]|\$(?![\w({[@*#?$!-]))+/, { line_breaks: true })
export const QuotedEscape = token('QuotedEscape', /\\[$`"\\]/)
export const Brace = token('Brace', /\$\{/, { push_mode: PARAMETER })
export const BraceEnd = token('BraceEnd', /\}/, { pop_mode: true })
/** What is text in the word after an operator. */
export const Inner = createToken({ name: 'Inner', pattern: Lexer.NA })
const inner = { categories: [Inner] }
export const Name = token('Name', /[!#]?(?:[A-Za-z_]\w*|[0-9]+|[@*?$!-])|#/, { pop_mode: true, push_mode: OPERATION })
export const Operator = token('Operator', /:?[-=?+]|##?|%%?/, inner)
export const OperandText = token('OperandText', /[^}"'`$\\]/, inner)
export const Joined = token('Joined', /\\\n/, { group: Lexer.SKIPPED, line_breaks: true })

const RESERVED = [
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'while',
  'until',
  'do',
  'done',
  'for',
  'select',
  'case',
  'esac',
  'in',
  'function',
  'time',
]
const SIGNS: Readonly<Record<string, string>> = { '{': '\\{', '}': '\\}', '!': '!', '[[': '\\[\\[', ']]': '\\]\\]' }

function reserved(word: string): TokenType {
  return createToken({ name: `Word_${word}`, pattern: new RegExp((SIGNS[word] ?? word) + ENDS), categories: [Plain] })
}

/** The reserved words, which are text where no command begins. */
export const words: Readonly<Record<string, TokenType>> = Object.fromEntries(
  [...RESERVED, ...Object.keys(SIGNS)].map(word => [word, reserved(word)]),
)

const inWords = [Escape, SingleQuotes, Backtick, Parameter, Arithmetic, Substitution, Brace, Quotes]
const inQuotes = [Joined, QuotedEscape, Backtick, Parameter, Arithmetic, Substitution, Brace, QuotesEnd, QuotedText]
const operators = [And, Or, PipeBoth, CaseEnd, Redirect, Pipe, Semicolon, Ampersand, Process, Open, Close]
const inCommands = [Blank, Comment, Newline, Descriptor, ...operators, ...Object.values(words), ...inWords, Assign, Literal, Text]
const inBraces = [Joined, BraceEnd, Operator, ...inWords, OperandText]

export const lexer = new Lexer(
  { modes: { [COMMAND]: inCommands, [QUOTES]: inQuotes, [PARAMETER]: [Name], [OPERATION]: inBraces }, defaultMode: COMMAND },
  { positionTracking: 'onlyOffset' },
)

export const tokens: TokenType[] = [...new Set([Plain, Inner, ...inCommands, ...inQuotes, Name, ...inBraces])]
