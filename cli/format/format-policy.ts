/**
 * A policy file with its `when` expressions in canonical form. The text is spliced: every byte that is not part of an expression, or of
 * the way in which YAML quotes it, stays as its author wrote it.
 */
import { parse } from 'yaml'
import type { Expression } from '../../compiler/when/expression.js'
import { parseExpression } from '../../compiler/when/parse-expression.js'
import { printExpression, printLines } from '../../compiler/when/print.js'
import { newlineOf } from '../policy-edit/text-lines.js'
import { type WhenValue, whenValues } from './when-values.js'

/** The most columns of a line, where that can be kept. */
const WIDTH = 100

/** @param text of a file that compiles */
export function formatPolicy(text: string): string {
  // From the last to the first, so that offsets before an edit stay what they are.
  return [...whenValues(text)].reverse().reduce(formatValue, text)
}

function formatValue(text: string, value: WhenValue): string {
  const { expression, problems } = parseExpression(value.text)
  if (problems.length > 0) return text
  const line = onOneLine(printExpression(expression), value, text.charAt(value.start))
  return line === undefined ? withBlock(text, value, expression) : withLine(text, value, line)
}

/**
 * The expression as a YAML value on the line of its key, if it fits; between braces it must.
 * @param quote the first character of the value as it is: double quotes between braces stay, since the file may be JSON
 */
function onOneLine(expression: string, { column }: WhenValue, quote: string): string | undefined {
  if (column === undefined) return quote === '"' ? JSON.stringify(expression) : quotedIfNeeded(expression, true)
  const written = expression.includes("'") && !isPlain(expression, false) ? undefined : quotedIfNeeded(expression, false)
  return written !== undefined && column + 'when: '.length + written.length <= WIDTH ? written : undefined
}

function quotedIfNeeded(expression: string, isFlow: boolean): string {
  return isPlain(expression, isFlow) ? expression : `'${expression.replaceAll("'", "''")}'`
}

/** Whether YAML reads the text without quotes as it is. */
function isPlain(text: string, isFlow: boolean): boolean {
  try {
    return parse(isFlow ? `{ when: ${text} }` : `when: ${text}`)?.when === text
  } catch {
    return false
  }
}

function withLine(text: string, { start, end, afterColon, headerComment }: WhenValue, line: string): string {
  return text.slice(0, start) + (afterColon ? ' ' : '') + line + headerComment + text.slice(end)
}

/** A comment behind the value moves behind the `|`: in the block it would be a part of the expression. */
function withBlock(text: string, value: WhenValue, expression: Expression): string {
  const { start, end, afterColon, headerComment, column = 0 } = value
  const rest = restOfLine(text, end)
  const indent = ' '.repeat(column + 2)
  const lines = printLines(expression, WIDTH - indent.length).map(line => newlineOf(text) + indent + line)
  const comment = headerComment === '' ? rest.trimEnd() : headerComment
  return `${text.slice(0, start)}${afterColon ? ' ' : ''}|${comment}${lines.join('')}${text.slice(end + rest.length)}`
}

function restOfLine(text: string, from: number): string {
  return /[^\r\n]*/.exec(text.slice(from))?.[0] ?? ''
}
