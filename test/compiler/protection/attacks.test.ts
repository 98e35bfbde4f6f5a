import { describe, expect, it } from 'vitest'
import { callOf } from '../../../cli/calls.js'
import { TEST_CWD, TEST_FACTS } from '../../../cli/policy-tests/policy-test.js'
import { compile } from '../../../compiler/compile.js'
import { openDecider } from '../../../runtime/decide/open.js'
import type { Result } from '../../../runtime/decide/result.js'
import { DENIED, HARMLESS, STOPPED } from './attacks.js'

/** A policy that allows everything: whatever is stopped is stopped by the protection. */
const { table } = compile([{ path: 'all.yaml', text: 'default: allow' }], { emit: false, verify: false })
if (table === undefined) throw new Error('a policy without statements does not compile')
const decider = openDecider(table)

function decide(command: string): Result {
  const request = { action: 'bash.execute', params: { command }, context: { cwd: TEST_CWD, project_root: TEST_CWD } }
  return decider.decide(callOf({ kind: 'request', request }, TEST_FACTS))
}

/** The commands that are not decided as they should, with who decided. */
function others(commands: readonly string[], expected: readonly string[]): readonly string[] {
  return commands.flatMap(command => {
    const { decision, sid } = decide(command)
    return expected.includes(decision) ? [] : [`${decision} by ${sid ?? 'the default'}: ${command}`]
  })
}

describe('attacks on what decides about the agent', () => {
  it.each(Object.entries(DENIED))('are denied: %s', (_, commands) => {
    expect(others(commands, ['deny'])).toEqual([])
  })
  it('are put to a person where they are only possible', () => {
    expect(others(STOPPED, ['deny', 'review'])).toEqual([])
  })
  it('are many, each another one', () => {
    const all = [...Object.values(DENIED).flat(), ...STOPPED]
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBeGreaterThan(200)
  })
})

describe('daily work beside these files', () => {
  it('is left alone', () => {
    expect(others(HARMLESS, ['allow'])).toEqual([])
  })
  it('is of many kinds', () => {
    expect(new Set(HARMLESS).size).toBeGreaterThan(100)
  })
})
