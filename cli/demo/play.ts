/** Puts recorded tool calls through a bundle, each as a process of its own, and reads back what the hook put into the audit log. */
import type { LoggedCall } from '../../audit/audit-record.js'
import { readLog } from '../../audit/log.js'
import type { Decision } from '../../runtime/decide/result.js'
import type { Home } from '../home.js'
import { decisionOf, runHook } from '../run-hook.js'
import { type RecordedCall, RECORDED_HOME } from './inputs.js'

export interface PlayedCall {
  readonly recorded: RecordedCall
  readonly decision: Decision
  /** What the hook said, where it recorded nothing. */
  readonly stderr: string
  readonly record?: LoggedCall
}

/** @param home a home of the demonstration's own, with a bundle and no audit log */
export function play(home: Home, calls: readonly RecordedCall[]): readonly PlayedCall[] {
  const answers = calls.map(({ input }) =>
    runHook({ bundle: home.bundle, platform: 'claude-code', agsecHome: home.folder, home: RECORDED_HOME, input: JSON.stringify(input) }),
  )
  const records = new Map(readLog(home.audit).records.map(record => [record.tool_use_id, record]))
  return calls.map((recorded, at) => {
    const answer = answers[at] ?? { status: undefined, stdout: '', stderr: '' }
    const record = records.get(String(recorded.input['tool_use_id']))
    return { recorded, decision: decisionOf(answer), stderr: answer.stderr, ...(record === undefined ? {} : { record }) }
  })
}
