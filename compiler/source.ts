/** Source texts and places in them. A leaf: it imports nothing. */

export interface Source {
  /** The path as people see it, `/`-separated and relative to the policy folder. */
  readonly path: string
  readonly text: string
}

/** A half-open range of UTF-16 offsets in a source. */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
}

/** One-based line and column; the column counts UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

export function positionOf(source: Source, offset: number): Position {
  let line = 1
  let lineStart = 0
  for (let at = source.text.indexOf('\n'); at !== -1 && at < offset; at = source.text.indexOf('\n', at + 1)) {
    line++
    lineStart = at + 1
  }
  return { line, column: offset - lineStart + 1 }
}

/** `file:line`, as results and audit records name a statement. */
export function sourceLine(span: Span): string {
  return `${span.source.path}:${positionOf(span.source, span.start).line}`
}
