/** An expression in its one canonical form, on one line or on as many as it takes. */
import type { Comparison, Expression, Field, Literal } from './expression.js'
import { printText } from './print-text.js'

/** On one line. Parentheses only where precedence asks for them. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'or':
      return flattened(expression.kind, expression.of).map(printExpression).join(' or ')
    case 'and':
      return flattened(expression.kind, expression.of)
        .map(each => inParentheses(each, each.kind === 'or'))
        .join(' and ')
    case 'not':
      return `not ${inParentheses(expression.of, isJoined(expression.of))}`
    case 'comparison':
      return [head(expression), ...tail(expression.value)].join(' ')
    case 'missing':
      return ''
    default:
      return expression satisfies never
  }
}

/** @param width the most columns of a line, where that can be kept */
export function printLines(expression: Expression, width: number): readonly string[] {
  const line = printExpression(expression)
  if (line.length <= width) return [line]
  switch (expression.kind) {
    case 'or':
    case 'and':
      return joinedLines(expression.kind, flattened(expression.kind, expression.of), width)
    case 'not':
      return afterWord('not ', isJoined(expression.of) ? groupLines(expression.of, width) : printLines(expression.of, width - 4))
    case 'comparison':
      return expression.value?.kind === 'list' ? listLines(head(expression), expression.value.items, width) : [line]
    case 'missing':
      return [line]
    default:
      return expression satisfies never
  }
}

function isJoined({ kind }: Expression): boolean {
  return kind === 'and' || kind === 'or'
}

/** `a and (b and c)` means `a and b and c`. */
function flattened(kind: 'and' | 'or', of: readonly Expression[]): readonly Expression[] {
  return of.flatMap(each => (each.kind === kind ? flattened(kind, each.of) : [each]))
}

function inParentheses(expression: Expression, needed: boolean): string {
  const text = printExpression(expression)
  return needed ? `(${text})` : text
}

/** Each operand begins a line, with the word that joins it to those before it; the rest of an `and` within an `or` stands deeper. */
function joinedLines(kind: 'and' | 'or', of: readonly Expression[], width: number): readonly string[] {
  return of.flatMap((each, at) => {
    const word = at === 0 ? '' : `${kind} `
    const isGroup = kind === 'and' && each.kind === 'or'
    const lines = isGroup ? groupLines(each, width - word.length) : printLines(each, width - word.length - 2)
    return afterWord(word, lines, !isGroup && isJoined(each) ? '  ' : '')
  })
}

function afterWord(word: string, lines: readonly string[], indent = ''): readonly string[] {
  return lines.map((line, at) => (at === 0 ? word : indent) + line)
}

function groupLines(expression: Expression, width: number): readonly string[] {
  const line = `(${printExpression(expression)})`
  return line.length <= width ? [line] : ['(', ...printLines(expression, width - 2).map(indented), ')']
}

function indented(line: string): string {
  return `  ${line}`
}

/** As many items on a line as fit. */
function listLines(start: string, items: readonly Literal[], width: number): readonly string[] {
  const lines: string[] = []
  for (const [at, item] of items.entries()) {
    const text = printLiteral(item) + (at === items.length - 1 ? '' : ',')
    const last = lines.at(-1)
    if (last !== undefined && `${last} ${text}`.length <= width) lines[lines.length - 1] = `${last} ${text}`
    else lines.push(indented(text))
  }
  return [`${start} [`, ...lines, ']']
}

function head({ field, operator, dialect }: Comparison): string {
  const name = operator.text === 'not_in' ? 'not in' : operator.text
  return [printField(field), name, ...(dialect === undefined ? [] : [dialect.text])].join(' ')
}

function tail(value: Literal | undefined): readonly string[] {
  return value === undefined ? [] : [printLiteral(value)]
}

const PLAIN_NAME = /^[\p{L}\p{M}\p{N}_$-]+$/u

function printField({ name }: Field): string {
  const parts = name.split('.')
  return parts.map(part => (PLAIN_NAME.test(part) ? part : printText(part))).join('.')
}

function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'text':
      return printText(literal.value)
    case 'number':
      return literal.text
    case 'plain':
      return String(literal.value)
    case 'list':
      return `[${literal.items.map(printLiteral).join(', ')}]`
    case 'map':
      return `{${literal.entries.map(({ key, value }) => `${printText(key.value)}: ${printLiteral(value)}`).join(', ')}}`
    default:
      return literal satisfies never
  }
}
