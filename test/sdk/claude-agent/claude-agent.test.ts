/** What the hooks for claude-agent-sdk are given and answer, as its types have it; `test/agents` runs them in the real package. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { packageFile } from '../../../compiler/package-root.js'
import { guardMatcher, guardOptions } from '../../../sdk/claude-agent.js'
import { allow, createGuard, deny, type GuardOptions, param, review } from '../../../sdk/index.js'
import { recording } from '../support/guards.js'

const RULES = [
  allow(),
  deny('bash.execute').when(param('command').contains('rm -rf')).because('nothing is removed').instead('move it away'),
  deny('mcp.demo.mark').because('not this tool'),
  review('file.write').because('writing is asked about'),
]

function guardWith(options: GuardOptions = {}) {
  return createGuard({ rules: RULES, ...options })
}

function call(tool_name: string, tool_input: unknown) {
  return { hook_event_name: 'PreToolUse', tool_name, tool_input, tool_use_id: 't1', session_id: 's1', cwd: '/proj' }
}

const GUARD = guardWith()

const RM = call('Bash', { command: 'cd x && rm -rf y' })
const WRITE = call('Write', { file_path: '/proj/a', content: 'x' })

async function answer(input: object, guard = GUARD, settings?: Parameters<typeof guardMatcher>[1]) {
  const [hook] = guardMatcher(guard, settings).hooks
  const output = await hook?.(input, 't1')
  return [output?.hookSpecificOutput?.permissionDecision, output?.hookSpecificOutput?.permissionDecisionReason ?? '']
}

describe('a guard as a hook', () => {
  it('blocks on failure, for every tool, and waits longer than a review takes', () => {
    const { hooks: _, ...matcher } = guardMatcher(GUARD)
    expect(matcher).toEqual({ timeout: 360, onFailure: 'block' })
  })

  it('says nothing of an allowed call, and why of a denied one', async () => {
    expect(await guardMatcher(GUARD).hooks[0]?.(call('Bash', { command: 'ls' }), 't')).toEqual({})
    expect(await answer(RM)).toEqual(['deny', expect.stringMatching(/nothing is removed.*move it away/)])
    expect(await answer(call('mcp__demo__mark', {}))).toEqual(['deny', expect.stringContaining('not this tool')])
  })

  it('has a review decided by the guard or by the agent', async () => {
    expect(await answer(WRITE, guardWith({ onReview: () => true }))).toEqual([undefined, ''])
    expect(await answer(WRITE, guardWith({ onReview: async () => false }))).toEqual(['deny', expect.stringContaining('asked about')])
    expect(await answer(WRITE)).toEqual(['deny', expect.stringContaining('asked about')])
    expect(await answer(WRITE, GUARD, { reviews: 'agent' })).toEqual(['ask', expect.stringContaining('asked about')])
    expect(await answer(RM, GUARD, { reviews: 'agent' })).toEqual(['deny', expect.stringContaining('nothing is removed')])
  })

  it('denies what it cannot read, and everything without a policy', async () => {
    for (const input of [undefined, null, 7, [], '{']) expect((await answer(call('Bash', input)))[0]).toBe('deny')
    for (const name of ['', '__proto__x'.repeat(1000), undefined]) expect((await answer({ ...RM, tool_name: name }))[0]).toBe('deny')
    expect((await answer(call('Bash', { command: 'ls' }), createGuard({})))[0]).toBe('deny')
    expect((await answer(call('Bash', { command: 'ls' }), createGuard({ bundle: '/proj/nowhere.js' }), { reviews: 'agent' }))[0]).toBe(
      'deny',
    )
  })

  it('denies when the guard itself fails', async () => {
    const broken = { ...GUARD, authorize: () => Promise.reject(new Error('broken')) }
    expect(await answer(RM, broken)).toEqual(['deny', '[agsec] blocked: the guard failed'])
  })

  it('fails, and so blocks, as a hook of another event', async () => {
    await expect(answer({ ...RM, hook_event_name: 'PostToolUse' })).rejects.toThrow('PreToolUse')
  })

  it('tells the policy who calls and where', async () => {
    const rules = [
      deny('*').when({ 'context.session_id': { op: '==', value: 's1' }, 'context.cwd': { op: '==', value: '/proj' } }),
      allow(),
    ]
    expect((await answer(call('Glob', { pattern: 'x' }), createGuard({ rules })))[0]).toBe('deny')
    expect((await answer({ ...call('Glob', { pattern: 'x' }), cwd: '/other' }, createGuard({ rules })))[0]).toBeUndefined()
  })
})

describe('the record of a call', () => {
  it('says which framework and which call, whatever its arguments', async () => {
    const { guard, records } = recording({ rules: RULES })
    for (const asked of [RM, call('Bash', { command: 'ls' }), call('Bash', 7)]) await answer(asked, guard)
    expect(records).toEqual(['claude-agent Bash denied t1', 'claude-agent Bash allowed t1', 'claude-agent Bash denied t1'])
  })
})

describe('options behind a guard', () => {
  it('are guarded once, and keep everything of their own', () => {
    const guard = GUARD
    const own = { hooks: [async () => ({})] }
    const options = { cwd: '/proj', hooks: { PreToolUse: [own], Stop: [own] } }
    const guarded = guardOptions(options, guard)
    expect(guardOptions(guarded, guard)).toBe(guarded)
    expect(guarded.hooks.PreToolUse).toHaveLength(2)
    expect(guarded.hooks.Stop).toEqual([own])
    expect(guarded.cwd).toBe('/proj')
    expect(options.hooks.PreToolUse).toEqual([own])
    expect(guardOptions(guarded, createGuard({})).hooks.PreToolUse).toHaveLength(3)
  })

  it('decide about an input that is replaced, and only then', async () => {
    const asked: unknown[] = []
    const guard = guardWith({ onReview: ({ params }) => asked.push(params) > 0 })
    const replaced = { command: 'rm -rf y' }
    const canUseTool = async (_name: string, input: object) => ({
      behavior: 'allow',
      updatedInput: 'command' in input ? replaced : { ...input },
    })
    const guarded = guardOptions({ canUseTool }, guard)
    expect(await guarded.canUseTool('Bash', { command: 'ls' })).toEqual({
      behavior: 'deny',
      message: expect.stringContaining('nothing is removed'),
    })
    expect(await guarded.canUseTool('Write', { file_path: '/proj/a', content: 'x' })).toMatchObject({ behavior: 'allow' })
    expect(asked).toEqual([])
  })

  it('decide about an input that is changed in place', async () => {
    const changed = { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } } }
    const toRemoval = <T extends object>(input: T): T => Object.assign(input, { command: 'rm -rf y' })
    const canUseTool = async (_name: string, input: object) => ({ behavior: 'allow', updatedInput: toRemoval(input) })
    const asked = async ({ tool_input }: { tool_input: object }) => {
      return { hookSpecificOutput: { ...changed.hookSpecificOutput, decision: { behavior: 'allow', updatedInput: toRemoval(tool_input) } } }
    }
    const guarded = guardOptions({ canUseTool, hooks: { PermissionRequest: [{ hooks: [asked] }] } }, guardWith())
    expect(await guarded.canUseTool('Bash', { command: 'ls' })).toMatchObject({ behavior: 'deny' })
    const input = { hook_event_name: 'PermissionRequest', tool_name: 'Bash', tool_input: { command: 'ls' } }
    expect(await guarded.hooks.PermissionRequest[0]?.hooks[0]?.(input)).toMatchObject({
      hookSpecificOutput: { decision: { behavior: 'deny' } },
    })
  })
})

it('the example stands in docs/sdk/claude-agent.md', () => {
  const [page, example] = ['docs/sdk/claude-agent.md', 'sdk/examples/claude-agent.mjs'].map(path => readFileSync(packageFile(path), 'utf8'))
  expect(page).toContain(example)
})
