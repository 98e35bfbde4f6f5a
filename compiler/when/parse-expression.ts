/** The text of an expression → its tree, and everything that is wrong with it. */
import type { ILexingError, IToken } from 'chevrotain'
import { quoted } from '../diagnostics/quoted.js'
import { balance } from './brackets.js'
import { loadChevrotain } from './chevrotain.js'
import type { ExpressionProblem } from './expression.js'
import { createParser, type Parsed } from './parser.js'
import { rangeOf } from './ranges.js'
import { createTokens, isA, lexedTokens } from './tokens.js'

/** In UTF-16 units. The longest expressions that people write have some hundred. */
const LENGTH_LIMIT = 32_768
/** Nobody reads more about one expression. */
const SHOWN_PROBLEMS = 20

type ParseTokens = (text: string) => Parsed

let parser: ParseTokens | undefined

/** What was read, whatever is wrong with it, and every problem in the order of their places. */
export function parseExpression(text: string): Parsed {
  if (text.length > LENGTH_LIMIT) return { expression: { kind: 'missing' }, problems: [tooLong()] }
  parser ??= loadParser()
  const { expression, problems } = parser(text)
  return { expression, problems: firstOfEachPlace(problems).slice(0, SHOWN_PROBLEMS) }
}

function loadParser(): ParseTokens {
  const chevrotain = loadChevrotain()
  const tokens = createTokens(chevrotain)
  const lexer = new chevrotain.Lexer(lexedTokens(tokens), { positionTracking: 'onlyOffset', skipValidations: true })
  const parse = createParser(chevrotain, tokens)
  return text => {
    const { tokens: words, errors } = lexer.tokenize(text)
    const balanced = balance(
      words.filter(word => !isA(word, 'Comment')),
      tokens,
      chevrotain,
    )
    const before = [...errors.map(error => unknownCharacters(error, text)), ...comments(words), ...balanced.problems]
    if (balanced.tokens.length === 0) return { expression: { kind: 'missing' }, problems: before.length > 0 ? before : [empty(text)] }
    const { expression, problems } = parse(balanced.tokens)
    return { expression, problems: [...before, ...problems] }
  }
}

function empty({ length }: string): ExpressionProblem {
  return { code: 'when-syntax', start: 0, end: length, message: 'the expression is empty' }
}

function tooLong(): ExpressionProblem {
  const message = `the expression is longer than ${LENGTH_LIMIT.toLocaleString('en')} characters`
  return { code: 'when-limit', start: 0, end: 1, message, help: 'write several statements' }
}

function unknownCharacters({ offset, length }: ILexingError, text: string): ExpressionProblem {
  const message = `${quoted(text.slice(offset, offset + length))} has no meaning here`
  return { code: 'when-syntax', start: offset, end: offset + length, message, help: 'text stands in quotes' }
}

function comments(words: readonly IToken[]): readonly ExpressionProblem[] {
  const help = 'write it above the key `when`: in a folded block it would take the rest of the expression with it'
  return words
    .filter(word => isA(word, 'Comment'))
    .map(word => ({ code: 'when-syntax', ...rangeOf(word), message: 'a comment cannot stand in an expression', help }))
}

/** What is wrong with a word in one way is often wrong in another. */
function firstOfEachPlace(problems: readonly ExpressionProblem[]): readonly ExpressionProblem[] {
  const byStart = new Map<number, ExpressionProblem>()
  for (const problem of problems) if (!byStart.has(problem.start)) byStart.set(problem.start, problem)
  return [...byStart.values()].sort((a, b) => a.start - b.start)
}
