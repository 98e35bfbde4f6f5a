/** Diagnostics as people read them, and as machines do. */
import type { Diagnostic } from '../diagnostic.js'
import { positionOf, type Source, type Span } from '../source.js'
import { codeFrame } from './code-frame.js'
import { printable } from './quoted.js'
import { sortDiagnostics } from './sort.js'

export interface RenderOptions {
  /** Whether to use terminal colours. */
  readonly colour: boolean
}

type Paint = (text: string) => string

/** Nobody reads more, and a file of nothing but mistakes has a hundred thousand. */
const SHOWN_DIAGNOSTICS = 1000

interface Palette {
  readonly error: Paint
  readonly warning: Paint
  readonly faint: Paint
  readonly bold: Paint
}

/**
 * Every diagnostic with the line that it is about, sorted by file and place, and a line that sums them up; empty for none.
 *
 *     01_base.yaml:3:13: error[unknown-effect]: unknown effect `dney`, expected `allow`, `deny` or `review`
 *       3 |     effect: dney
 *         |             ^^^^
 *       help: did you mean `deny`?
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], { colour }: RenderOptions): string {
  if (diagnostics.length === 0) return ''
  const palette = colour ? coloured : plain
  const shown = sortDiagnostics(diagnostics, filesOf(diagnostics)).slice(0, SHOWN_DIAGNOSTICS)
  const more = diagnostics.length > shown.length ? `the first ${shown.length} are shown: ` : ''
  return `${shown.map(diagnostic => block(diagnostic, palette)).join('\n')}\n${more}${summary(diagnostics)}\n`
}

function block(diagnostic: Diagnostic, palette: Palette): string {
  const { code, severity, message, span, help, related = [] } = diagnostic
  const lines = [
    `${palette.bold(place(span))}: ${palette[severity](`${severity}[${code}]`)}: ${palette.bold(printable(message))}`,
    ...frame(span, palette, palette[severity]),
    ...(help === undefined ? [] : [`  ${palette.bold('help')}: ${printable(help)}`]),
    ...related.flatMap(each => [`  ${place(each.span)}: ${printable(each.message)}`, ...frame(each.span, palette, palette.faint)]),
  ]
  return lines.map(line => `${line}\n`).join('')
}

/** A file without text has no lines: then only its name. */
function place({ source, start }: Span): string {
  if (source.text === '') return printable(source.path)
  const { line, column } = positionOf(source, start)
  return `${printable(source.path)}:${line}:${column}`
}

function frame(span: Span, { faint }: Palette, mark: Paint): readonly string[] {
  const drawn = codeFrame(span)
  if (drawn === undefined) return []
  const number = `  ${drawn.lineNumber}`
  const underline = mark(drawn.underline)
  return [`${faint(`${number} |`)} ${drawn.line}`.trimEnd(), `${faint(`${' '.repeat(number.length)} |`)} ${underline}`]
}

/** `3 errors, 1 warning in 2 files` */
function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const counts = [counted(errors, 'error'), counted(diagnostics.length - errors, 'warning')].filter(count => !count.startsWith('0 '))
  return `${counts.join(', ')} in ${counted(filesOf(diagnostics).length, 'file')}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** In the order in which they first occur. */
function filesOf(diagnostics: readonly Diagnostic[]): readonly Source[] {
  const byPath = new Map<string, Source>()
  for (const { span } of diagnostics) if (!byPath.has(span.source.path)) byPath.set(span.source.path, span.source)
  return [...byPath.values()]
}

const plain: Palette = { error: same, warning: same, faint: same, bold: same }

function same(text: string): string {
  return text
}

const coloured: Palette = { error: sgr(31), warning: sgr(33), faint: sgr(2), bold: sgr(1) }

function sgr(code: number): Paint {
  return text => `\u001b[${code}m${text}\u001b[0m`
}

/** Plain data: places as file, line and column, with the offsets beside them for tools that replace text. */
export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): readonly object[] {
  return sortDiagnostics(diagnostics, filesOf(diagnostics)).map(({ span, related, ...rest }) => ({
    ...rest,
    ...jsonPlace(span),
    ...(related === undefined ? {} : { related: related.map(each => ({ message: each.message, ...jsonPlace(each.span) })) }),
  }))
}

function jsonPlace({ source, start, end }: Span): object {
  return { file: source.path, ...positionOf(source, start), start, end }
}
