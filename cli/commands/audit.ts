import type { Command } from 'commander'
import type { LoggedCall } from '../../audit/audit-record.js'
import { type LogReading, readLog } from '../../audit/log.js'
import { statsOf } from '../../audit/stats.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { recordsText, statsText } from '../render/audit-text.js'
import { counted } from '../render/counted.js'
import { UsageError } from '../usage-error.js'

interface AuditFlags {
  readonly stats?: boolean
  readonly action?: string
  readonly decision?: string
  readonly limit: string
  readonly json?: boolean
}

export function define(command: Command): void {
  examples(command, [
    'agsec audit',
    'agsec audit --decision deny --limit 50',
    'agsec audit --action file.read --json',
    'agsec audit --stats',
  ])
  command
    .option('--stats', 'counts instead of records')
    .option('--action <name>', 'only this action')
    .option('--decision <decision>', 'only what the policy allowed, denied or put to review: allow, deny, review')
    .option('--limit <count>', 'the newest so many', '20')
    .option('--json', 'records as JSON lines, or the counts as JSON')
  runs<AuditFlags>(command, audit)
}

function audit(call: Invocation<AuditFlags>): ExitCode {
  const { stats, json, limit } = call.options
  const matches = wanted(call.options)
  const reading = readLog(call.home.audit, stats === true ? { matches } : { matches, limit: limitOf(limit) })
  sayWhatWasSkipped(call, reading)
  if (stats === true) {
    const counts = statsOf(reading.records)
    call.out(json === true ? `${JSON.stringify(counts)}\n` : statsText(counts))
  } else call.out(json === true ? jsonLines(reading.records) : recordsText(reading.records, call.colour))
  return EXIT.fine
}

const DECISIONS = ['allow', 'deny', 'review']

function wanted({ action, decision }: AuditFlags): (record: LoggedCall) => boolean {
  if (decision !== undefined && !DECISIONS.includes(decision)) {
    throw new UsageError(`expected \`--decision\` to be allow, deny or review, found \`${decision}\``)
  }
  return record => (action === undefined || record.action === action) && (decision === undefined || record.decision === decision)
}

function limitOf(text: string): number {
  if (!/^[0-9]+$/.test(text)) throw new UsageError(`expected \`--limit\` to be a whole number, found \`${text}\``)
  return Number(text)
}

function sayWhatWasSkipped(call: Invocation<AuditFlags>, { skippedLines, unreadableFiles }: LogReading): void {
  if (skippedLines > 0) call.err(`skipped ${counted(skippedLines, 'line')} that ${skippedLines === 1 ? 'is' : 'are'} no audit record\n`)
  for (const name of unreadableFiles) call.err(`cannot read \`${name}\` of the audit log\n`)
}

function jsonLines(records: readonly LoggedCall[]): string {
  return records.map(record => `${JSON.stringify(record)}\n`).join('')
}
