import { describe, expect, it } from 'vitest'
import type { Guard, ToolUse } from '../../sdk/contract.js'
import { PolicyViolationError } from '../../sdk/errors.js'
import { createGuard } from '../../sdk/index.js'
import type { GuardOptions } from '../../sdk/options.js'
import { allow, deny, param, review } from '../../sdk/rules.js'

const RULES = [allow('*'), deny('payment').when(param('amount').gt(10_000)).because('too much for an agent'), review('email.send')]

function guardOf(options: Partial<GuardOptions> = {}): Guard {
  return createGuard({ rules: RULES, ...options })
}

function use(name: string, input: unknown): ToolUse {
  return { framework: 'test', name, input, id: 'call-1' }
}

describe('a guard of rules', () => {
  const guard = guardOf()

  it('checks requests', () => {
    expect(guard.problem).toBeUndefined()
    expect(guard.check('payment', { amount: 5 }).decision).toBe('allow')
    expect(guard.check('payment', { amount: 20_000 })).toMatchObject({ decision: 'deny', reason: 'too much for an agent' })
    expect(guard.check('email.send').decision).toBe('review')
  })

  it('authorises tool calls, by maps and by JSON', () => {
    expect(guard.authorize(use('payment', { amount: 5 }))).toEqual({ kind: 'allowed', input: { amount: 5 } })
    expect(guard.authorize(use('payment', '{"amount":5}'))).toEqual({ kind: 'allowed', input: { amount: 5 } })
    const refused = guard.authorizeSync(use('payment', '{"amount":20000}'))
    if (refused.kind !== 'refused') throw new Error('the payment was allowed')
    expect(refused.message).toContain('too much for an agent')
    expect(refused.error).toBeInstanceOf(PolicyViolationError)
    expect(refused.error.decision).toMatchObject({
      tool: 'payment',
      action: 'tool.payment',
      params: { amount: 20_000 },
      context: { agent: 'sdk', framework: 'test', tool_use_id: 'call-1' },
      result: { decision: 'deny' },
    })
  })

  it('looks into commands', () => {
    const shell = guardOf({ rules: [allow('*'), deny('file.delete')] })
    for (const name of ['bash', 'shell', 'run_command', 'runInTerminal'])
      expect(shell.authorizeSync(use(name, { command: 'cd /tmp && rm x' })).kind).toBe('refused')
    expect(shell.authorizeSync(use('bash', { command: 'ls' })).kind).toBe('allowed')
  })
})

describe('a guard without a policy', () => {
  it.each<GuardOptions>([
    {},
    { bundle: '/nowhere/policy.bundle.cjs' },
    { bundle: {} },
    { policies: '/nowhere' },
    { rules: [] },
    // A rule that no policy may hold.
    { rules: [{ effect: 'perhaps' as 'allow' }] },
  ])('refuses everything: %j', options => {
    const guard = createGuard(options)
    expect(guard.problem).toMatch(/^the policy cannot be loaded: /)
    expect(guard.check('file.read').decision).toBe('deny')
    expect(guard.authorize(use('read', {}))).toMatchObject({ kind: 'refused', message: expect.stringContaining('cannot be loaded') })
    expect(guard.authorizeSync(use('read', {})).kind).toBe('refused')
    expect(() => guard.guard('file.read', () => 1)()).toThrow(PolicyViolationError)
  })
})
