import type { Diagnostic } from '../../compiler/diagnostic.js'
import { positionOf, type Span } from '../../compiler/source.js'

/** The diagnostics as one JSON list, places as file, line and column. */
export function diagnosticsJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify(diagnostics.map(plain))}\n`
}

function plain({ code, severity, message, span, help, related }: Diagnostic): object {
  const places = related?.map(each => ({ ...place(each.span), message: each.message }))
  return {
    code,
    severity,
    message,
    ...place(span),
    ...(help === undefined ? {} : { help }),
    ...(places === undefined ? {} : { related: places }),
  }
}

function place(span: Span): { readonly file: string; readonly line: number; readonly column: number } {
  return { file: span.source.path, ...positionOf(span.source, span.start) }
}
