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

// Every statement and every diagnostic asks for its line: counting from the top each time would be quadratic.
const lineStartsOf = new WeakMap<Source, readonly number[]>()

/** The offset at which each line starts. */
export function lineStarts(source: Source): readonly number[] {
  const known = lineStartsOf.get(source)
  if (known !== undefined) return known
  const starts = [0]
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1)
  lineStartsOf.set(source, starts)
  return starts
}

export function positionOf(source: Source, offset: number): Position {
  const starts = lineStarts(source)
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}

/** `file:line`, as results and audit records name a statement. */
export function sourceLine(span: Span): string {
  return `${span.source.path}:${positionOf(span.source, span.start).line}`
}
