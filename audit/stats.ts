import type { LoggedCall } from './audit-record.js'

export interface Count {
  readonly name: string
  readonly count: number
}

export interface AuditStats {
  readonly total: number
  /** What the policy said. */
  readonly byDecision: readonly Count[]
  /** What happened: in observe mode a denied call runs all the same. */
  readonly byOutcome: readonly Count[]
  readonly byAction: readonly Count[]
  /** Of the calls that were not allowed, by the statement that decided. */
  readonly byStatement: readonly Count[]
  readonly firstTime?: string
  readonly lastTime?: string
}

export function statsOf(records: readonly LoggedCall[]): AuditStats {
  const stopped = records.filter(record => record.decision !== 'allow')
  const [first] = records
  const last = records[records.length - 1]
  return {
    total: records.length,
    byDecision: counts(records, record => record.decision),
    byOutcome: counts(records, record => record.outcome),
    byAction: counts(records, record => record.action),
    byStatement: counts(stopped, record => record.sid ?? '(default)'),
    ...(first === undefined ? {} : { firstTime: first.time }),
    ...(last === undefined ? {} : { lastTime: last.time }),
  }
}

/** The most frequent first, then by name. */
function counts(records: readonly LoggedCall[], key: (record: LoggedCall) => string): readonly Count[] {
  const found = new Map<string, number>()
  for (const record of records) found.set(key(record), (found.get(key(record)) ?? 0) + 1)
  return [...found].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

/** The newest record of a call that did not run. */
export function lastBlock(records: readonly LoggedCall[]): LoggedCall | undefined {
  for (let at = records.length - 1; at >= 0; at--) {
    const record = records[at]
    if (record !== undefined && record.outcome === 'denied') return record
  }
  return undefined
}
