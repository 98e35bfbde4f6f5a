/** Decisions about calls that cannot be decided: denies, with their reason. */
import type { Result } from '../runtime/decide/result.js'
import type { Decision } from './contract.js'

export function failureResult(reason: string): Result {
  return { decision: 'deny', sid: null, reason, certainty: 'definite', matched: [] }
}

/** @param why an error, or words */
export function failedDecision(tool: string, why: unknown): Decision {
  const reason = reasonOf(why)
  return { tool, action: 'tool.other', params: {}, context: {}, result: failureResult(reason), message: `[agsec] ${reason}.` }
}

/** Whatever was thrown: even that may have a message that throws when it is read. */
export function reasonOf(why: unknown): string {
  try {
    if (typeof why === 'string') return why
    return why instanceof Error ? why.message : 'unknown failure'
  } catch {
    return 'unknown failure'
  }
}
