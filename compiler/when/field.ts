/** A field as written: names with dots between them, odd names in quotes. */
import type { ExpressionProblem, Field, Range } from './expression.js'
import { quotedText } from './text-literal.js'

const PART = /\.+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^."']+/gu

export function fieldOf(text: string, range: Range, report: (problem: ExpressionProblem) => void): Field {
  const parts = [...text.matchAll(PART)].map(({ 0: part, index }) => ({ part, start: range.start + index }))
  const names = parts.filter(({ part }) => !part.startsWith('.')).map(({ part, start }) => nameOf(part, start, report))
  const stray = parts.find(({ part }, at) => part.startsWith('.') && (part.length > 1 || at === parts.length - 1))
  if (stray !== undefined) report(strayDot(stray.start, stray.part.length))
  return { name: names.join('.'), text, ...range }
}

function nameOf(part: string, start: number, report: (problem: ExpressionProblem) => void): string {
  if (!/^["']/.test(part)) return part
  const range = { start, end: start + part.length }
  const { value } = quotedText(part, range, report)
  if (value !== '' && !value.includes('.')) return value
  const message = value === '' ? 'a name cannot be empty' : 'a name with a dot in it cannot be addressed'
  report({ code: 'bad-field', ...range, message })
  return 'name'
}

function strayDot(start: number, length: number): ExpressionProblem {
  const message = 'a name is missing between or after its dots'
  return { code: 'bad-field', start, end: start + length, message, help: 'write names with one dot between them, as `params.command`' }
}
