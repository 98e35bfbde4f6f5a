import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInput, replyTo } from '../../../runtime/agents/answer.js'
import { claudeCode } from '../../../runtime/agents/claude-code.js'
import { type HostFacts, STATUS } from '../../../runtime/agents/contract.js'
import { messageOf } from '../../../runtime/agents/message.js'
import { AbstractString } from '../../../runtime/decide/abstract-string.js'
import type { Request } from '../../../runtime/decide/request.js'
import type { Result } from '../../../runtime/decide/result.js'

const facts: HostFacts = { home: '/home/u', user: 'u', platform: 'linux', mode: 'enforce', realPath: path => path }

const TOOL_CALL = { adapter: claudeCode, tool: 'Bash', call: [], asks: true }

function requestOf(tool_name: string, tool_input: unknown, more: object = {}, host: HostFacts = facts): Request {
  const parsed = claudeCode.read(
    { session_id: 's', cwd: '/home/u/app', hook_event_name: 'PreToolUse', tool_name, tool_input, ...more },
    host,
  )
  if (parsed.kind === 'invalid') throw new Error(parsed.why)
  const [whole] = parsed.toolCall.call
  if (whole === undefined) throw new Error('a call without a whole')
  return whole.request
}

describe('tools and their actions', () => {
  it.each([
    ['Bash', { command: 'ls', timeout: 5, run_in_background: true }, 'bash.execute', { command: 'ls', timeout_ms: 5, background: true }],
    ['Bash', { command: 'ls', dangerouslyDisableSandbox: true }, 'bash.execute', { command: 'ls', sandbox_disabled: true }],
    ['Monitor', { command: 'tail -f x' }, 'bash.execute', { command: 'tail -f x' }],
    ['PowerShell', { command: 'ls' }, 'powershell.execute', { command: 'ls' }],
    ['Read', { file_path: '/a', offset: 1 }, 'file.read', { file_path: '/a', offset: 1 }],
    ['Write', { file_path: '/a', content: '' }, 'file.write', { file_path: '/a', content: '' }],
    ['Edit', { file_path: '/a', old_string: 'x', new_string: 'y' }, 'file.edit', { file_path: '/a', old_string: 'x', new_string: 'y' }],
    [
      'NotebookEdit',
      { notebook_path: '/n', new_source: 'x', edit_mode: 'insert' },
      'notebook.edit',
      { file_path: '/n', content: 'x', mode: 'insert' },
    ],
    ['Glob', { pattern: '*' }, 'file.glob', { pattern: '*' }],
    ['Grep', { pattern: 'x', path: '/a' }, 'file.grep', { pattern: 'x', path: '/a' }],
    ['WebFetch', { url: 'https://x', prompt: 'p' }, 'web.fetch', { url: 'https://x', prompt: 'p' }],
    ['WebSearch', { query: 'x' }, 'web.search', { query: 'x' }],
    ['Agent', { prompt: 'x', subagent_type: 'general' }, 'agent.spawn', { prompt: 'x', agent_type: 'general' }],
    ['Task', { prompt: 'x' }, 'agent.spawn', { prompt: 'x' }],
    ['TodoWrite', { todos: [] }, 'internal.TodoWrite', { todos: [] }],
    ['mcp__slack__post', { text: 'x' }, 'mcp.slack.post', { text: 'x', server: 'slack', tool: 'post', arguments: { text: 'x' } }],
    ['ReadMcpResourceTool', { server: 'db', uri: 'x://y' }, 'mcp.db.resources/read', { server: 'db', uri: 'x://y' }],
    ['Teleport', { to: 'x' }, 'tool.other', { tool: 'Teleport', arguments: { to: 'x' } }],
    ['Bash', { cmd: 'ls' }, 'tool.other', { tool: 'Bash', arguments: { cmd: 'ls' }, malformed: true }],
    ['Bash', { command: ['ls'] }, 'tool.other', { tool: 'Bash', arguments: { command: ['ls'] }, malformed: true }],
    ['Read', null, 'tool.other', { tool: 'Read', arguments: null, malformed: true }],
    ['bash', { command: 'ls' }, 'tool.other', { tool: 'bash', arguments: { command: 'ls' } }],
    ['toString', {}, 'tool.other', { tool: 'toString', arguments: {} }],
  ])('%s %j is %s', (tool, input, action, params) => {
    expect(requestOf(tool, input)).toMatchObject({ action, params })
    expect(requestOf(tool, input).params).toEqual(params)
  })

  it('takes the server from the platform where a name is ambiguous', () => {
    expect(requestOf('mcp__a__b__c', {}).action).toBe('mcp.a.b__c')
    expect(requestOf('mcp__a__b__c', {}, { mcp_server: { name: 'a__b' } }).action).toBe('mcp.a__b.c')
    expect(requestOf('mcp__a__b__c', {}, { mcp_server: { name: 'other' } }).action).toBe('mcp.a.b__c')
  })

  it('lets no name of a server or tool read as another action', () => {
    expect(requestOf('mcp__a.b__c*', {}).action).toBe('mcp.a%2eb.c%2a')
    expect(requestOf('mcp____x', {}).action).toBe('tool.other')
    expect(requestOf('mcp__', {}).action).toBe('tool.other')
  })

  it('lets no argument of an MCP tool pass for its server', () => {
    expect(requestOf('mcp__a__b', { server: 'trusted', tool: 'x' }).params).toMatchObject({ server: 'a', tool: 'b' })
  })
})

describe('the context', () => {
  it('is what the platform and the host say', () => {
    const { context } = requestOf(
      'Bash',
      { command: 'ls' },
      { tool_use_id: 't', agent_id: 'a', agent_type: 'general', permission_mode: 'plan' },
    )
    expect(context).toEqual({
      agent: 'claude-code',
      session_id: 's',
      cwd: '/home/u/app',
      tool_use_id: 't',
      agent_id: 'a',
      agent_type: 'general',
      permission_mode: 'plan',
      home: '/home/u',
      user: 'u',
      platform: 'linux',
      mode: 'enforce',
      project_root: '/home/u/app',
    })
  })

  it.each(['/', '/home/u', '/home/u/', '/home/u/app/..', 'relative'])('%j is no project', cwd => {
    expect(requestOf('Bash', { command: 'ls' }, { cwd }).context).not.toHaveProperty('project_root')
  })

  it('is never taken from the arguments', () => {
    expect(requestOf('Bash', { command: 'ls', home: '/evil' }).context['home']).toBe('/home/u')
  })
})

describe('links', () => {
  const call = (tool: string, input: object, realPath: HostFacts['realPath']) => {
    const parsed = claudeCode.read({ cwd: '/w', tool_name: tool, tool_input: input }, { ...facts, realPath })
    return parsed.kind === 'call' ? parsed.toolCall.call[0]?.real?.params : undefined
  }
  it('give the request under its real path too', () => {
    expect(call('Read', { file_path: 'link' }, path => (path === '/w/link' ? '/w/.env' : path))).toEqual({ file_path: '/w/.env' })
    expect(call('Read', { file_path: '/a/../w/plain' }, path => path)).toBeUndefined()
  })
  it('that cannot be followed could lead anywhere', () => {
    expect(call('Read', { file_path: '/x' }, () => undefined)).toEqual({ file_path: AbstractString.of([{ hole: 'any' }]) })
  })
})

describe('replies', () => {
  const match = {
    sid: 'S',
    effect: 'deny',
    outcome: 'deny',
    certainty: 'definite',
    request: 'whole',
    detail: 'd',
    source: 'p.yaml:3',
  } as const
  const result: Result = {
    decision: 'deny',
    sid: 'S',
    reason: 'Not allowed',
    guidance: 'Do x instead.',
    certainty: 'definite',
    matched: [match],
  }

  it('tell why, by what, and what to do instead', () => {
    expect(messageOf(result)).toBe('[agsec] Not allowed. (S, p.yaml:3) Do x instead.')
    const possible: Result = { ...result, certainty: 'possible', matched: [{ ...match, certainty: 'possible' }] }
    expect(messageOf(possible)).toBe('[agsec] Not allowed. (S, p.yaml:3) It possibly applies: d. Do x instead.')
  })

  it('tell which part of a command it was', () => {
    const part = { ...match, request: 'effect', origin: { text: 'cat $X', via: ['sudo', 'sh -c'], effect: 'file.read /p/.env' } } as const
    expect(messageOf({ ...result, matched: [match, part] })).toBe(
      '[agsec] Not allowed. (S, p.yaml:3) in `cat $X` (file.read /p/.env), via `sudo` › `sh -c`. Do x instead.',
    )
  })

  it('follow a definite match, not one that only may apply', () => {
    const maybe = { ...match, certainty: 'possible', source: 'p.yaml:1', origin: { text: 'x', via: [] } } as const
    expect(messageOf({ ...result, matched: [maybe, match] })).toBe('[agsec] Not allowed. (S, p.yaml:3) Do x instead.')
  })

  it('carry a notice for the user whatever the decision', () => {
    expect(JSON.parse(replyTo(TOOL_CALL, { ...result, decision: 'allow' }, 'n').stdout)).toEqual({ systemMessage: 'n' })
    expect(JSON.parse(replyTo(TOOL_CALL, result, 'n').stdout)).toMatchObject({
      systemMessage: 'n',
      hookSpecificOutput: { permissionDecision: 'deny' },
    })
  })

  it('have the status of their decision', () => {
    const status = (decision: Result['decision']) => replyTo(TOOL_CALL, { ...result, decision }).status
    expect([status('allow'), status('review'), status('deny')]).toEqual([STATUS.allow, STATUS.ask, STATUS.deny])
  })
})

describe('any input', () => {
  it('is a call or invalid, and never an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .record({ tool_name: fc.constantFrom('Bash', 'Read', 'mcp__a__b', 'X'), tool_input: fc.jsonValue(), cwd: fc.jsonValue() })
            .map(value => JSON.stringify(value)),
        ),
        text => {
          expect(['call', 'invalid']).toContain(parseInput(claudeCode, text, facts).kind)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
