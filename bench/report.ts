/** What a part of the bench gives: tables for people, and figures by name for the goals. */

export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly notes?: readonly string[]
}

export interface Section {
  readonly tables: readonly Table[]
  readonly figures: Figures
}

/** Measured values by name, as `goals.ts` asks for them. */
export type Figures = Readonly<Record<string, number>>

export function joined(sections: readonly Section[]): Section {
  return { tables: sections.flatMap(({ tables }) => tables), figures: Object.assign({}, ...sections.map(({ figures }) => figures)) }
}

export function asText({ title, columns, rows, notes = [] }: Table): string {
  const lines = [columns, ...rows]
  const widths = columns.map((_, i) => Math.max(...lines.map(cells => cells[i]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [title, ...lines.map(line), ...notes.map(note => `  ${note}`), ''].join('\n')
}

export function asMarkdown({ title, columns, rows, notes = [] }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const rule = `|${columns.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`
  return [`### ${title}`, '', line(columns), rule, ...rows.map(line), '', ...notes.flatMap(note => [`*${note}*`, ''])].join('\n')
}

/** As many digits as mean something. */
export function times(ratio: number): string {
  if (Number.isNaN(ratio)) return '–'
  if (ratio >= 100) return `${Math.round(ratio).toLocaleString('en')} ×`
  return `${ratio >= 10 ? ratio.toFixed(1) : ratio >= 0.1 ? ratio.toFixed(2) : ratio.toPrecision(2)} ×`
}

/** A duration in the unit that reads best. */
export function duration(ns: number): string {
  if (Number.isNaN(ns)) return '–'
  const [value, unit] = ns < 1e3 ? [ns, 'ns'] : ns < 1e6 ? [ns / 1e3, 'µs'] : ns < 1e9 ? [ns / 1e6, 'ms'] : [ns / 1e9, 's']
  return `${value >= 100 ? Math.round(value) : value.toPrecision(2)} ${unit}`
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`
}
