import { describe, expect, it } from 'vitest'
import { createGuard } from '../../sdk/index.js'
import type { GuardOptions } from '../../sdk/options.js'
import { allow, deny } from '../../sdk/rules.js'

/** What a call is decided as: action and parameters. */
function decided(name: string, input: unknown, options: Partial<GuardOptions> = {}, framework = 'test') {
  const guard = createGuard({ rules: [deny()], machine: { home: '/home/u', cwd: '/proj' }, ...options })
  const verdict = guard.authorizeSync({ framework, name, input })
  if (verdict.kind === 'allowed') throw new Error('everything is denied here')
  return verdict.error.decision
}

describe('a tool by its name and arguments', () => {
  it.each([
    ['bash', { command: 'ls' }, 'bash.execute', { command: 'ls' }],
    ['run_command', { cmd: 'ls' }, 'bash.execute', { command: 'ls' }],
    ['runInTerminal', { command: 'ls' }, 'bash.execute', { command: 'ls' }],
    ['shell', { command: 'rm', args: ['-r', 'a b'] }, 'bash.execute', { command: "rm -r 'a b'" }],
    ['read_file', { path: 'src/a.ts' }, 'file.read', { file_path: '/proj/src/a.ts' }],
    ['writeFile', { path: '~/x', contents: 'y' }, 'file.write', { file_path: '/home/u/x', content: 'y' }],
    ['str_replace_based_edit_tool', { command: 'view', path: '/a' }, 'file.read', { file_path: '/a' }],
    ['delete_file', { path: '/a' }, 'file.delete', { file_path: '/a' }],
    ['fetch_url', { url: 'https://example.com' }, 'web.fetch', { url: 'https://example.com' }],
    ['mcp__github__create_issue', { title: 't' }, 'mcp.github.create_issue', { title: 't', server: 'github' }],
    // A name of the application's own, and one whose arguments are about something else.
    ['send_email', { to: 'a' }, 'tool.send_email', { to: 'a' }],
    ['read', { id: 5 }, 'tool.read', { id: 5 }],
    ['email.send', { to: 'a' }, 'tool.email.send', { to: 'a' }],
    ['a*b', {}, 'tool.a%2ab', {}],
    ['__proto__', { command: 'ls' }, 'tool.__proto__', {}],
    ['constructor', { command: 'ls' }, 'tool.constructor', {}],
    ['bash', { restart: true }, 'tool.bash', { restart: true }],
  ])('%s %j is %s', (name, input, action, params) => {
    expect(decided(name, input)).toMatchObject({ tool: name, action, params })
  })

  it.each([
    // Which of two counts cannot be told, nor what a command is that is no text.
    ['bash', { command: 'ls', cmd: 'rm -rf x' }],
    ['bash', { command: 5 }],
    ['bash', { script: 'rm -rf x' }],
    ['shell', { lines: ['rm -rf x'] }],
    ['read_file', { path: ['a', 5] }],
    ['str_replace_editor', { command: 'explode', path: '/a' }],
  ])('that takes other arguments than its name says is refused: %s %j', (name, input) => {
    const verdict = createGuard({ rules: [allow('*')] }).authorizeSync({ framework: 'test', name, input })
    expect(verdict).toMatchObject({ kind: 'refused', message: expect.stringContaining(`which \`${name}\` was taken for`) })
    expect(decided(name, input)).toMatchObject({ action: 'tool.other', params: { malformed: true } })
  })

  it('is one of Claude Code where its SDK calls it', () => {
    expect(decided('Task', { prompt: 'p' }, {}, 'claude-agent').action).toBe('agent.spawn')
    expect(decided('Task', { prompt: 'p' }).action).toBe('tool.Task')
    expect(decided('TodoWrite', { todos: [] }, {}, 'claude-agent').action).toBe('internal.TodoWrite')
  })

  it.each(['', 'x'.repeat(10_000), 5 as unknown as string])('that has no name is refused', name => {
    const guard = createGuard({ rules: [allow('*')] })
    expect(guard.authorizeSync({ framework: 'test', name, input: {} })).toMatchObject({
      kind: 'refused',
      message: '[agsec] the name of the tool is no text of 1 to 512 characters.',
    })
    expect(guard.check(name).decision).toBe('deny')
  })
})

describe('a mapping', () => {
  const mapping = {
    ssh: 'bash.execute',
    deploy: 'release.deploy',
    run: { action: 'bash.execute', params: { command: 'script' }, cwd: 'where' },
    bash: 'tool.harmless',
  } as const

  it('names the actions of tools, before those that are known', () => {
    expect(decided('deploy', { to: 'prod' }, { mapping })).toMatchObject({ action: 'release.deploy', params: { to: 'prod' } })
    expect(decided('ssh', { command: 'ls' }, { mapping }).action).toBe('bash.execute')
    expect(decided('bash', { command: 'ls' }, { mapping }).action).toBe('tool.harmless')
  })

  it('refuses what does not fit the action that it names', () => {
    expect(decided('ssh', { host: 'h' }, { mapping })).toMatchObject({ action: 'tool.other', params: { malformed: true } })
  })

  it('names arguments, so that another one does not take their place', () => {
    expect(decided('run', { script: 'rm x', command: 'ls' }, { mapping })).toMatchObject({
      action: 'bash.execute',
      params: { command: 'rm x' },
    })
    expect(decided('run', { command: 'ls' }, { mapping }).params).toMatchObject({ malformed: true })
  })

  it('says which argument is the folder of a command', () => {
    const rules = [allow('*'), deny('file.delete').when({ 'params.file_path': { op: 'within', value: '/tmp' } })]
    const guard = createGuard({ rules, mapping, machine: { home: '/home/u', cwd: '/tmp' } })
    const deleting = (name: string, input: object) => guard.authorizeSync({ framework: 'test', name, input }).kind
    expect(deleting('run', { script: 'rm x', where: '/srv' })).toBe('allowed')
    expect(deleting('run', { script: 'rm x', where: '/tmp/y' })).toBe('refused')
    // An argument that only looks like it may be nothing to the tool.
    expect(deleting('run', { script: 'rm x', cwd: '/srv' })).toBe('refused')
    expect(deleting('run', { script: 'rm x' })).toBe('refused')
  })
})
