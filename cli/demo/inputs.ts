/** The recorded tool calls of the demonstration, each with the decision that was recorded for it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Decision } from '../../runtime/decide/result.js'
import { isMap } from '../asked.js'
import { packageRoot } from '../package-files.js'

export interface RecordedCall {
  readonly decision: Decision
  /** What the agent wrote to its hook. */
  readonly input: { readonly [key: string]: unknown }
}

/** The home directory of the machine on which the calls were recorded. */
export const RECORDED_HOME = '/home/dev'

export function recordedCalls(): readonly RecordedCall[] {
  const json: unknown = JSON.parse(readFileSync(join(packageRoot(), 'cli', 'demo', 'inputs.json'), 'utf8'))
  if (!Array.isArray(json)) throw new Error('the recorded inputs are no list')
  return json.map(recordedCall)
}

function recordedCall(json: unknown): RecordedCall {
  if (!isMap(json) || !isMap(json['input'])) throw new Error('a recorded input is no map')
  const { decision, input } = json
  if (decision !== 'allow' && decision !== 'deny' && decision !== 'review') throw new Error('a recorded input has no decision')
  return { decision, input }
}
