import { describe, expect, it } from 'vitest'
import { recordedCalls } from '../../cli/demo/inputs.js'
import { agsec } from './run-cli.js'
import { tempFolder } from './temp-folder.js'

describe('agsec demo', () => {
  it('decides every recorded call as recorded, by the emitted bundle', () => {
    const { status, stdout } = agsec(['demo', '--agsec-home', tempFolder()])
    const calls = recordedCalls()
    expect(stdout).toContain(`${calls.length} tool calls, each a process of its own: every decision is the recorded one`)
    expect(status).toBe(0)
  })
  it('shows every decision, and tells its calls apart', () => {
    const calls = recordedCalls()
    expect(new Set(calls.map(call => call.decision))).toEqual(new Set(['allow', 'deny', 'review']))
    expect(new Set(calls.map(call => call.input['tool_use_id'])).size).toBe(calls.length)
  })
})
