/** What a person did, as a line of the audit log. */
import { recordLine } from '../../runtime/record/record.js'

export function recordedAct(what: 'approve' | 'revoke', params: Readonly<Record<string, string>>, timeMs: number): string {
  const request = { action: `agsec.${what}`, params, context: { agent: 'person' } }
  return recordLine({
    timeMs,
    tool: 'agsec',
    call: [{ role: 'whole', request }],
    result: { decision: 'allow', sid: null, reason: 'A person at a terminal did this', certainty: 'definite', matched: [] },
    outcome: 'allowed',
    mode: 'enforce',
    sourceDigest: '',
  })
}
