import { describe, expect, it } from 'vitest'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import type { ValueMap } from '../../../runtime/decide/request.js'
import { recordLine } from '../../../runtime/record/record.js'

const result = { decision: 'allow', sid: 'A', reason: 'r', certainty: 'definite', matched: [] } as const

function recorded(params: ValueMap, context: ValueMap = {}) {
  const call = [{ role: 'whole', request: { action: 'file.write', params, context } }] as const
  const line = recordLine({ timeMs: 0, tool: 'Write', call, result, outcome: 'allowed', mode: 'enforce', sourceDigest: 'abcdef0123456789' })
  expect(line.endsWith('\n')).toBe(true)
  expect(line.indexOf('\n')).toBe(line.length - 1)
  return JSON.parse(line)
}

describe('a record', () => {
  it('says who, what, when and how it was decided', () => {
    expect(recorded({ file_path: '/x' }, { agent: 'claude-code', session_id: 's', cwd: '/w', tool_use_id: 't' })).toEqual({
      v: 1,
      time: '1970-01-01T00:00:00.000Z',
      agent: 'claude-code',
      session_id: 's',
      tool_use_id: 't',
      cwd: '/w',
      tool: 'Write',
      action: 'file.write',
      params: { file_path: '/x' },
      decision: 'allow',
      outcome: 'allowed',
      mode: 'enforce',
      sid: 'A',
      reason: 'r',
      certainty: 'definite',
      matched: [],
      source: null,
      policy: 'abcdef012345',
    })
  })

  it('keeps no content of files', () => {
    const { params } = recorded({ content: 'SECRET', edits: [{ old_string: 'SECRET', new_string: 'SECRET' }] })
    expect(JSON.stringify(params)).not.toContain('SECRET')
  })

  it('masks what is named as a secret, at any depth', () => {
    const { params } = recorded({ arguments: { auth: { api_key: 'abc', 'X-Token': 'def' } } })
    expect(params.arguments.auth).toEqual({ api_key: '[masked]', 'X-Token': '[masked]' })
  })

  it('stays short whatever it is given', () => {
    let deep: ValueMap = { end: 1 }
    for (let i = 0; i < 1000; i++) deep = { deep }
    const { params } = recorded({ command: 'x'.repeat(100_000), many: Array.from({ length: 10_000 }, () => 1), deep })
    expect(JSON.stringify(params).length).toBeLessThan(5000)
    expect(params.command).toContain('97952 more characters')
  })

  it('shows strings known only in part', () => {
    expect(recorded({ file_path: AbstractString.of(['/a/', { hole: 'segment' }]) }).params.file_path).toBe('/a/⟨name⟩')
  })

  it('is one line whatever the text holds', () => {
    expect(recorded({ command: 'a\nb\r\u2028\ud800' }).params.command).toBe('a\nb\r\u2028\ud800')
  })

  it('tells which part of the call decided, masked and short', () => {
    const match = {
      sid: 'A',
      effect: 'deny',
      outcome: 'deny',
      certainty: 'definite',
      request: 'effect',
      detail: '',
      source: 'p.yaml:2',
    } as const
    const origin = {
      text: 'curl -H "Authorization: Bearer abcdefghijklmnop" x',
      via: Array.from({ length: 40 }, () => 'sudo'),
      effect: 'web.fetch x',
    }
    const denied = { ...result, decision: 'deny', matched: [{ ...match, origin }] } as const
    const call = [{ role: 'whole', request: { action: 'bash.execute', params: {}, context: {} } }] as const
    const line = recordLine({ timeMs: 0, tool: 'Bash', call, result: denied, outcome: 'denied', mode: 'enforce', sourceDigest: '' })
    const record = JSON.parse(line)
    expect(record).toMatchObject({ source: 'p.yaml:2', origin: { effect: 'web.fetch x' } })
    expect(record.origin.text).not.toContain('abcdefghijklmnop')
    expect(record.origin.via).toHaveLength(16)
  })
})
