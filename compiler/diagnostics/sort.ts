/** The order in which people read diagnostics: by file, then from top to bottom. */
import type { Diagnostic } from '../diagnostic.js'
import type { Source } from '../source.js'

/** @param sources the order of the files; others come first, by path */
export function sortDiagnostics(diagnostics: readonly Diagnostic[], sources: readonly Source[]): readonly Diagnostic[] {
  const order = new Map(sources.map((source, index) => [source, index]))
  const place = ({ span }: Diagnostic) => order.get(span.source) ?? -1
  return [...diagnostics].sort(
    (a, b) => place(a) - place(b) || comparePaths(a, b) || a.span.start - b.span.start || a.span.end - b.span.end,
  )
}

function comparePaths({ span: { source: a } }: Diagnostic, { span: { source: b } }: Diagnostic): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
