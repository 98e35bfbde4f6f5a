import { describe, expect, it } from 'vitest'
import { isRepeated } from '../../../runtime/record/repeated.js'

const record = (more: object) =>
  JSON.stringify({
    time: '2026-05-06T07:08:09.000Z',
    session_id: 's',
    tool_use_id: null,
    cwd: '/w',
    action: 'bash.execute',
    params: { command: 'ls ä', timeout_ms: 9 },
    outcome: 'denied',
    mode: 'enforce',
    sid: 'A',
    ...more,
  })
/** As it is read: each byte a character. */
const asBytes = (text: string) => Buffer.from(text).toString('latin1')
const after = (before: object, more: object) =>
  isRepeated(`…cut\n${asBytes(record(before))}\n${record({ session_id: 'x' })}\n`, `${record(more)}\n`)

describe('a call seen twice', () => {
  it('is one with the same number', () => {
    expect(after({ tool_use_id: 't' }, { tool_use_id: 't', time: '2026-05-06T08:00:00.000Z' })).toBe(true)
    expect(after({ tool_use_id: 't' }, { tool_use_id: 'u' })).toBe(false)
  })

  it('is one that says the same soon after, where one of them has no number', () => {
    expect(after({ tool: 'Shell', tool_use_id: 't' }, { tool: 'beforeShellExecution', params: { command: 'ls ä' } })).toBe(true)
    expect(after({}, { time: '2026-05-06T07:08:11.000Z' })).toBe(true)
    expect(after({}, { time: '2026-05-06T07:08:11.001Z' })).toBe(false)
    expect(after({}, { params: { command: 'ls b' } })).toBe(false)
  })

  it.each([{ session_id: 't' }, { action: 'file.read' }, { outcome: 'allowed' }, { sid: 'B' }, { mode: 'observe' }, { cwd: '/x' }])(
    'is not one that differs: %j',
    more => {
      expect(after({}, more)).toBe(false)
    },
  )

  it('has a session', () => {
    expect(after({ session_id: null }, { session_id: null })).toBe(false)
  })

  it('is told whatever else stands in the log', () => {
    expect(isRepeated('', record({}))).toBe(false)
    expect(isRepeated(`${record({})}\n`, record({}))).toBe(false)
    expect(isRepeated(`\nx\n[]\nnull\n{}\n${asBytes(record({}))}`, record({}))).toBe(true)
  })
})
