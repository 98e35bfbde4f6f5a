import { describe, expect, it } from 'vitest'
import { lastBlock, statsOf } from '../../audit/stats.js'
import { sampleRecord } from './sample-record.js'

const observed = sampleRecord({ outcome: 'allowed', mode: 'observe', time: '2026-01-01T00:00:00.000Z', sid: null })
const allowed = sampleRecord({ decision: 'allow', outcome: 'allowed', action: 'file.read', sid: 'AllowRead' })

describe('statistics of the audit log', () => {
  it('counts what was decided apart from what happened', () => {
    expect(statsOf([observed, sampleRecord(), allowed])).toEqual({
      total: 3,
      byDecision: [
        { name: 'deny', count: 2 },
        { name: 'allow', count: 1 },
      ],
      byOutcome: [
        { name: 'allowed', count: 2 },
        { name: 'denied', count: 1 },
      ],
      byAction: [
        { name: 'bash.execute', count: 2 },
        { name: 'file.read', count: 1 },
      ],
      byStatement: [
        { name: '(default)', count: 1 },
        { name: 'BlockRm', count: 1 },
      ],
      firstTime: observed.time,
      lastTime: allowed.time,
    })
  })
  it('is all zero for an empty log', () => {
    expect(statsOf([])).toEqual({ total: 0, byDecision: [], byOutcome: [], byAction: [], byStatement: [] })
  })
  it('counts names that a map of JavaScript has already', () => {
    expect(statsOf([sampleRecord({ action: '__proto__' }), sampleRecord({ action: 'constructor' })]).byAction).toEqual([
      { name: '__proto__', count: 1 },
      { name: 'constructor', count: 1 },
    ])
  })
  it('finds the last call that did not run, not the last that was merely decided against', () => {
    const denied = sampleRecord({ tool: 'first' })
    expect(lastBlock([denied, observed, allowed])).toBe(denied)
    expect(lastBlock([observed])).toBeUndefined()
  })
})
