/** The audit log's files: JSON lines, appended to by hooks, one file after another in the order of their names. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asRecord, type LoggedCall } from './audit-record.js'

export interface LogReading {
  /** In the order written, the newest last. */
  readonly records: readonly LoggedCall[]
  /** Lines that are no record: torn by a full disk, or not ours. */
  readonly skippedLines: number
  /** Files that could not be read. */
  readonly unreadableFiles: readonly string[]
}

export interface LogQuery {
  readonly matches?: (record: LoggedCall) => boolean
  /** The newest so many of those that match; all of them where absent. */
  readonly limit?: number
}

/** Reads the log from its newest file backwards, no further than the query needs. A folder that is not there is an empty log. */
export function readLog(folder: string, { matches = () => true, limit = Number.POSITIVE_INFINITY }: LogQuery = {}): LogReading {
  let records: readonly LoggedCall[] = []
  let skippedLines = 0
  const unreadableFiles: string[] = []
  for (const name of logFiles(folder)) {
    if (records.length >= limit) break
    const file = readLogFile(join(folder, name))
    if (file === undefined) unreadableFiles.push(name)
    else {
      records = [...file.records.filter(matches), ...records]
      skippedLines += file.skipped
    }
  }
  return { records: limit === Number.POSITIVE_INFINITY ? records : newest(records, limit), skippedLines, unreadableFiles }
}

function newest(records: readonly LoggedCall[], limit: number): readonly LoggedCall[] {
  return limit === 0 ? [] : records.slice(-limit)
}

/** The newest first: names begin with the time. */
function logFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.jsonl'))
      .sort((a, b) => (a < b ? 1 : -1))
  } catch {
    return []
  }
}

function readLogFile(path: string): { readonly records: readonly LoggedCall[]; readonly skipped: number } | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const records = lines.map(recordOf).filter(record => record !== undefined)
  return { records, skipped: lines.length - records.length }
}

function recordOf(line: string): LoggedCall | undefined {
  try {
    return asRecord(JSON.parse(line))
  } catch {
    return undefined
  }
}
