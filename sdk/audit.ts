import type { Outcome } from '../runtime/record/record.js'
import type { Guarding, Judged } from './authorize.js'
import type { AuditRecord } from './options.js'

/** Whether the call is in the log, or need not be. */
export function record({ policy, machine, options }: Guarding, judged: Judged, outcome: Outcome, isApproved: boolean): boolean {
  const { audit = false } = options
  if (audit === false) return true
  const { tool, call, result, mode } = judged
  const approval = isApproved ? { approval: 'onReview' } : {}
  const line = policy.recordLine({
    timeMs: Date.now(),
    tool,
    call,
    result,
    outcome,
    mode,
    sourceDigest: policy.info.sourceDigest,
    ...approval,
  })
  return typeof audit === 'function' ? isTaken(audit, line) : machine.append(line, audit === true ? undefined : audit)
}

function isTaken(audit: (record: AuditRecord) => void, line: string): boolean {
  try {
    audit(JSON.parse(line) as AuditRecord) // the line is one
    return true
  } catch {
    return false
  }
}
