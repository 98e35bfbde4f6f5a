/** What the YAML parser complains about, in our words and with what usually helps. */
import type { YAMLError } from 'yaml'
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import { positionOf, type Source, type Span } from '../source.js'

/** The first problem of each line: what follows on the same line is nearly always its consequence. */
export function yamlProblems(source: Source, errors: readonly YAMLError[]): readonly Diagnostic[] {
  const byLine = new Map<number, YAMLError>()
  for (const problem of errors) {
    const { line } = positionOf(source, problem.pos[0])
    if (!byLine.has(line)) byLine.set(line, problem)
  }
  return [...byLine.values()].map(problem => syntaxProblem(source, problem))
}

function syntaxProblem(source: Source, problem: YAMLError): Diagnostic {
  const span = spanOf(source, problem)
  const operator = operatorProblem(source, span)
  return error({ code: 'yaml-syntax', span: operator?.span ?? span, ...(operator ?? wording(problem, source, span)) })
}

interface Wording {
  readonly message: string
  readonly help?: string | undefined
}

/** `op: >=` is no text: `>` starts a block of text, `!` a tag. */
function operatorProblem(source: Source, span: Span): (Wording & { readonly span: Span }) | undefined {
  const lineStart = source.text.lastIndexOf('\n', span.start - 1) + 1
  const before = /\bop["']?\s*:\s*(?=[>!]=?)/.exec(source.text.slice(lineStart, span.end))
  if (before === null) return undefined
  const start = lineStart + before.index + before[0].length
  const operator = /^[>!]=?/.exec(source.text.slice(start, start + 2))?.[0] ?? ''
  return { ...unquotedOperator(operator), span: { source, start, end: start + operator.length } }
}

function unquotedOperator(operator: string): Wording {
  return { message: `YAML does not read ${quoted(operator)} as text`, help: `write it in quotes: \`op: "${operator}"\`` }
}

function wording(problem: YAMLError, source: Source, span: Span): Wording {
  const text = quoted(source.text.slice(span.start, span.end).trimEnd())
  switch (problem.code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab cannot indent a line', help: 'indent with spaces' }
    case 'BAD_SCALAR_START':
      return { message: `text cannot start with ${text} unless it is in quotes`, help: "put the whole value in single quotes: `'…'`" }
    case 'BAD_DQ_ESCAPE':
      return {
        message: `unknown escape ${text} in double quotes`,
        help: 'write the value in single quotes, where `\\` is an ordinary character',
      }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { message: 'unexpected second `: ` in this value', help: 'put a value that holds `: ` in quotes' }
    case 'MULTILINE_IMPLICIT_KEY':
      return { message: 'a key must stand on one line', help: 'is the indentation of this line right?' }
    case 'BAD_INDENT':
      return { message: indentationMessage(problem), help: 'is the indentation of this line right?' }
    case 'KEY_OVER_1024_CHARS':
      return { message: 'a key is longer than 1024 characters' }
    default:
      return { message: plainMessage(problem) }
  }
}

function indentationMessage({ message }: YAMLError): string {
  if (message.startsWith('Flow')) return 'the `[` or `{` that starts before this line is not closed'
  return 'this line is not indented as the lines that it belongs to'
}

const OPEN_QUOTE = /^Missing closing (["'])/
const OPEN_BRACKET = /(?:must|expected to) .*end with an? ([\]}])/

/** The parser's own words, brought to our form; the frequent ones are worded anew. */
function plainMessage({ message }: YAMLError): string {
  const quote = OPEN_QUOTE.exec(message)
  if (quote !== null) return `a text that starts with \`${quote[1] ?? ''}\` is never closed`
  const bracket = OPEN_BRACKET.exec(message)
  if (bracket !== null) return `expected \`${bracket[1] ?? ''}\` before the end of this value`
  if (message === 'Implicit map keys need to be followed by map values') return 'expected `:` and a value after this key'
  if (message.startsWith('Unexpected scalar')) return 'unexpected text here: neither a key nor part of the value before it'
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '')
}

/** What the parser goes on after, and we do not: an unknown tag or directive. */
export function yamlWarning(source: Source, problem: YAMLError): Diagnostic {
  const span = spanOf(source, problem)
  const text = source.text.slice(span.start, span.end)
  if (problem.code !== 'TAG_RESOLVE_FAILED') return syntaxProblem(source, problem)
  // `!=` and what follows it is read as a tag.
  if (/^!=?$/.test(text)) return error({ code: 'yaml-syntax', span, ...unquotedOperator(text) })
  const help = text.startsWith('!!') ? 'leave the tag out' : 'put a value that starts with `!` in quotes'
  return error({ code: 'yaml-tag', span, message: `unknown tag ${quoted(text)}`, help })
}

function spanOf(source: Source, { pos: [start, end] }: YAMLError): Span {
  const last = source.text.length
  return { source, start: Math.min(start, last), end: Math.min(Math.max(start, end), last) }
}
