/** The audit log for people. What agents wrote is shown on one line, control characters made visible. */
import type { LoggedCall } from '../../audit/audit-record.js'
import type { AuditStats, Count } from '../../audit/stats.js'
import { isMap } from '../asked.js'
import { columns, oneLine } from './columns.js'
import type { Palette } from './palette.js'
import { decisionWord } from './result-text.js'

export function recordsText(records: readonly LoggedCall[], colour: Palette): string {
  if (records.length === 0) return 'no records\n'
  return columns(records.map(record => recordRow(record, colour)))
}

function recordRow(record: LoggedCall, colour: Palette): readonly string[] {
  return [
    colour.dim(oneLine(record.time, 30)),
    decisionWord(record.decision, colour),
    record.outcome,
    oneLine(record.action, 60),
    oneLine(record.sid ?? '(default)', 60),
    oneLine(subjectOf(record.params), 80),
  ]
}

/** The argument that a call is about: its command, path or address, else all of them; of a batch those of its members. */
export function subjectOf(params: unknown): string {
  if (isMap(params) && Array.isArray(params['actions'])) {
    const members: readonly unknown[] = params['actions']
    return members.map(member => (isMap(member) ? subjectOf(member['params']) : String(member))).join(', ')
  }
  for (const name of ['command', 'file_path', 'url', 'pattern', 'query']) {
    if (isMap(params) && typeof params[name] === 'string') return params[name]
  }
  return JSON.stringify(params)
}

export function statsText(stats: AuditStats): string {
  if (stats.total === 0) return 'no records\n'
  const groups = [
    group('decided', stats.byDecision),
    group('happened', stats.byOutcome),
    group('actions', stats.byAction),
    group('not allowed by', stats.byStatement),
  ]
  return `${stats.total} calls from ${stats.firstTime ?? ''} to ${stats.lastTime ?? ''}\n${groups.join('')}`
}

function group(heading: string, counts: readonly Count[]): string {
  if (counts.length === 0) return ''
  return `\n${heading}\n${columns(counts.map(({ name, count }) => [`  ${String(count).padStart(7)}`, oneLine(name, 80)]))}`
}
