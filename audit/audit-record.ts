import type { Decision } from '../runtime/decide/result.js'
import type { AuditRecord, Outcome } from '../runtime/record/record.js'

/** A record as the log gives it back. */
export interface LoggedCall extends AuditRecord {
  readonly decision: Decision
}

const DECISIONS: ReadonlySet<unknown> = new Set<Decision>(['allow', 'deny', 'review'])
const OUTCOMES: ReadonlySet<unknown> = new Set<Outcome>(['allowed', 'denied', 'asked'])

const TEXTS = ['time', 'agent', 'tool', 'action', 'mode', 'reason', 'certainty', 'policy'] as const
const TEXTS_OR_NULL = ['session_id', 'tool_use_id', 'cwd', 'sid', 'source'] as const

/** The record that a line of the log holds; undefined where it holds something else. */
export function asRecord(json: unknown): LoggedCall | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  const entries = new Map<string, unknown>(Object.entries(json))
  const wellFormed =
    entries.get('v') === 1 &&
    TEXTS.every(name => typeof entries.get(name) === 'string') &&
    TEXTS_OR_NULL.every(name => entries.get(name) === null || typeof entries.get(name) === 'string') &&
    DECISIONS.has(entries.get('decision')) &&
    OUTCOMES.has(entries.get('outcome')) &&
    entries.has('params') &&
    isListOfTexts(entries.get('matched'))
  // Every field has just been looked at; what JSON.parse returns is a value of the log's own schema.
  return wellFormed ? (json as LoggedCall) : undefined
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(each => typeof each === 'string')
}
