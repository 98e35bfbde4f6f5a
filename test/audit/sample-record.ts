import type { LoggedCall } from '../../audit/audit-record.js'

/** A record of a call that was denied, changed as given. */
export function sampleRecord(changes: Partial<LoggedCall> = {}): LoggedCall {
  return {
    v: 1,
    time: '2026-01-02T03:04:05.006Z',
    agent: 'claude-code',
    session_id: 's',
    tool_use_id: null,
    cwd: '/p',
    tool: 'Bash',
    action: 'bash.execute',
    params: { command: 'rm -rf x' },
    decision: 'deny',
    outcome: 'denied',
    mode: 'enforce',
    sid: 'BlockRm',
    reason: 'no',
    certainty: 'definite',
    matched: ['BlockRm'],
    source: 'p.yaml:1',
    policy: 'abc',
    ...changes,
  }
}
