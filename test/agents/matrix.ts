/** The matrix of clients and faults as Markdown: for the page of platforms, and for the end of a run. */
import type { Scope } from './clients.js'
import { explanationOf } from './explained.js'
import type { ClientResults, Outcome } from './results.js'

const SCOPES: readonly Scope[] = ['user', 'managed']

const HEADINGS: Readonly<Record<Scope, string>> = {
  user: 'Installed for the user',
  managed: "Installed in the administrator's settings",
}

export function matrix(results: readonly ClientResults[]): string {
  return SCOPES.map(scope => scopeTable(results, scope))
    .filter(text => text !== '')
    .join('\n')
}

function scopeTable(results: readonly ClientResults[], scope: Scope): string {
  const columns = results.filter(({ scopes }) => scopes[scope] !== undefined)
  if (columns.length === 0) return ''
  const rows = [...new Set(columns.flatMap(({ scopes }) => Object.keys(scopes[scope] ?? {})))]
  const head = columns.map(({ product, version }) => `${product} ${version}`)
  const lines = rows.map(row => [row, ...columns.map(column => cellText(column, scope, row))])
  return `### ${HEADINGS[scope]}\n\n${table(['', ...head], lines)}`
}

function cellText({ platform, scopes }: ClientResults, scope: Scope, row: string): string {
  const outcome = scopes[scope]?.[row]
  if (outcome === undefined) return '–'
  return explanationOf(platform, scope, row) === undefined ? PLAIN[outcome] : `**${PLAIN[outcome]}**`
}

const PLAIN: Readonly<Record<Outcome, string>> = {
  blocked: 'blocked',
  ran: 'ran',
  'not started': 'does not start',
  hung: 'blocked, and hangs',
  told: 'yes',
  'not told': 'no',
}

export function timesTable(results: readonly ClientResults[]): string {
  const timed = results.filter(({ times }) => times.without !== undefined && times.with !== undefined)
  const rows = timed.map(({ product, version, date, times }) => {
    const { without = Number.NaN, with: withHook = Number.NaN } = times
    return [`${product} ${version}`, `${without} ms`, `${withHook} ms`, (withHook / without).toFixed(1), date]
  })
  return table(['', 'without the hook', 'with it', 'ratio', 'date'], rows)
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('')
}
