/** What holds of all platforms, with the packaged policies and with a bundle as a process. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../compiler/compile.js'
import { loadSources } from '../../compiler/load.js'
import { adapterOf, platformNames, readInput } from '../../runtime/agents/adapters.js'
import type { PlatformName } from '../../runtime/agents/contract.js'
import { openDecider } from '../../runtime/decide/open.js'
import { answersPlatforms } from './answers-platforms.js'
import { ownNode } from './claude-code/installed-hook.js'
import { FACTS } from './contract-of.js'
import { SHELL_INPUTS } from './shell-inputs.js'

describe('a hook of every platform', () => answersPlatforms(ownNode))

it.each(platformNames())('%s: fields that nobody knows yet change nothing', platform => {
  const adapter = adapterOf(platform)
  const read = (input: object) => adapter && readInput(adapter, JSON.parse(JSON.stringify(input)), FACTS)
  const input = SHELL_INPUTS[platform]('rm x')
  const known = read(input)
  expect(known?.kind).toBe('call')
  expect(read({ ...input, a_future_field: { nested: ['rm'] }, version: 99 })).toEqual(known)
})

describe('any input', () => {
  const JSON_VALUE = fc.jsonValue({ maxDepth: 4 })
  /** What tools take, and what they do not, under all the names for it. */
  const ARGUMENTS = fc.dictionary(
    fc.constantFrom(
      'command',
      'cmd',
      'args',
      'commands',
      'files',
      'file_path',
      'path',
      'url',
      'prompt',
      'patch',
      'input',
      'edits',
      'content',
      '__proto__',
    ),
    fc.oneof(JSON_VALUE, fc.constantFrom('ls', '/a', 'https://a.test', '*** Begin Patch\n*** Add File: x', ['ls', 'pwd'], [{ path: 'a' }])),
  )
  const TOOLS = fc.constantFrom(
    ...platformNames().flatMap(name => adapterOf(name)?.tools.split(/[ |]/) ?? []),
    'mcp__a__b',
    'a_b',
    'a-b',
    '',
    '@patch',
  )

  const TOOL_NAME = /"(Bash|bash|Execute|execute_bash|developer__shell|run_\w+|pre_\w+|before\w+)"/
  const INPUT = /\{"\w+":"TEXT"\}|"TEXT"/

  it.each(platformNames())('at the hook of %s is a call or invalid, and never an exception', platform => {
    const adapter = adapterOf(platform)
    const sample = JSON.stringify(SHELL_INPUTS[platform]('TEXT'))
    const called = fc
      .tuple(TOOLS, ARGUMENTS)
      .map(([tool, input]) => sample.replace(TOOL_NAME, () => JSON.stringify(tool)).replace(INPUT, () => JSON.stringify(input)))
    fc.assert(
      fc.property(
        fc.oneof(
          called,
          JSON_VALUE.map(value => JSON.stringify(value)),
        ),
        text => {
          const parsed = adapter && readInput(adapter, JSON.parse(text), FACTS)
          if (parsed?.kind !== 'call') return
          const { call } = parsed.toolCall
          expect(call[0]?.role).toBe('whole')
          const roles = call.map(({ role }) => ['whole', 'part', 'effect'].indexOf(role))
          expect([...roles].sort((a, b) => a - b)).toEqual(roles)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a huge input', () => {
  const SIZE = 1024 * 1024
  const gemini = (tool_name: string, tool_input: unknown) => ({ ...SHELL_INPUTS['gemini-cli'](''), tool_name, tool_input })
  const cline = (name: string, input: unknown) => ({ ...SHELL_INPUTS.cline(''), tool_call: { name, input } })
  const deep = JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`) as unknown
  it.each([
    ['gemini-cli', gemini('web_fetch', { prompt: `https://${')'.repeat(SIZE)}x` })],
    ['gemini-cli', gemini(`mcp_${'_a'.repeat(SIZE)}`, {})],
    ['gemini-cli', gemini('read_many_files', { include: ['**/'.repeat(SIZE / 8)] })],
    [
      'cline',
      cline(
        'run_commands',
        Array.from({ length: SIZE / 8 }, () => 'ls'),
      ),
    ],
    ['cline', cline('read_files', { files: { files: { files: deep } } })],
    [
      'codex',
      {
        ...SHELL_INPUTS.codex(''),
        tool_name: 'apply_patch',
        tool_input: { input: `*** Begin Patch\n${'*** Delete File: a\n'.repeat(SIZE / 16)}` },
      },
    ],
  ] as const)('of %s is read in time', (platform, input) => {
    const adapter = adapterOf(platform)
    const start = performance.now()
    expect(adapter && readInput(adapter, input, FACTS)).toBeDefined()
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})

describe('the packaged policies', () => {
  const folder = fileURLToPath(new URL('../../policies', import.meta.url))
  const files = readdirSync(folder).flatMap(name => (/^\d.*(?<!\.test)\.yaml$/.test(name) ? [join(folder, name)] : []))
  const { table } = compile(loadSources(files).sources, { emit: false, verify: false })
  if (table === undefined) throw new Error('the policies do not compile')
  const decider = openDecider(table)

  function decision(platform: Parameters<typeof adapterOf>[0], input: object): string {
    const adapter = adapterOf(platform)
    const parsed = adapter && readInput(adapter, input, FACTS)
    if (parsed?.kind !== 'call') throw new Error(parsed?.why)
    return decider.decide(parsed.toolCall.call).decision
  }

  const codex = (tool_name: string, tool_input: unknown) => ({ ...SHELL_INPUTS.codex(''), tool_name, tool_input })
  const gemini = (tool_name: string, tool_input: unknown) => ({ ...SHELL_INPUTS['gemini-cli'](''), tool_name, tool_input })
  const patch = (...headers: readonly string[]) =>
    codex('apply_patch', { command: ['*** Begin Patch', ...headers, '*** End Patch'].join('\n') })

  it('never allow what is not understood', () => {
    expect(decision('codex', codex('Teleport', {}))).toBe('review')
    expect(decision('codex', codex('apply_patch', { command: 'x' }))).toBe('review')
    expect(decision('codex', codex('Bash', { cmdline: 'ls' }))).toBe('review')
    expect(decision('gemini-cli', gemini('web_fetch', { prompt: 'that page' }))).toBe('review')
  })

  it('decide each member of a batch, the strictest counting', () => {
    expect(decision('codex', patch('*** Update File: a.ts', '*** Add File: b.ts'))).toBe('allow')
    expect(decision('codex', patch('*** Update File: a.ts', '*** Update File: .git/hooks/pre-commit'))).toBe('deny')
    expect(decision('cline', SHELL_INPUTS.cline('ls'))).toBe('allow')
    const both = { ...SHELL_INPUTS.cline(''), tool_call: { name: 'run_commands', input: ['ls', 'cat .env'] } }
    expect(decision('cline', both)).toBe('deny')
  })

  it('look at what a batch reads by patterns', () => {
    expect(decision('gemini-cli', gemini('read_many_files', { include: ['src/**/*.ts'] }))).toBe('allow')
    expect(decision('gemini-cli', gemini('read_many_files', { include: ['src/**/*.ts', '**/.env'] }))).toBe('deny')
  })

  it('look at the files of a patch in a command', () => {
    const heredoc = (file: string) => `apply_patch <<'E'\n*** Begin Patch\n*** Add File: ${file}\n+x\n*** End Patch\nE`
    expect(decision('codex', SHELL_INPUTS.codex(heredoc('a.ts')))).toBe('allow')
    expect(decision('codex', SHELL_INPUTS.codex(heredoc('.git/hooks/pre-commit')))).toBe('deny')
  })
})

function deciderOf(text: string) {
  const { table } = compile([{ path: 'p.yaml', text }], { emit: false })
  if (table === undefined) throw new Error('the policy does not compile')
  return openDecider(table)
}

describe('a batch', () => {
  const decide = (policy: string, input: unknown) => {
    const adapter = adapterOf('cline')
    const parsed = adapter && readInput(adapter, { ...SHELL_INPUTS.cline(''), tool_call: { name: 'run_commands', input } }, FACTS)
    if (parsed?.kind !== 'call') throw new Error(parsed?.why)
    return deciderOf(policy).decide(parsed.toolCall.call)
  }
  const ALLOWED = 'statements: [{ sid: L, effect: allow, actions: bash.execute, conditions: { params.program: ls } }]'

  it('is allowed where every member is, and by the default otherwise', () => {
    expect(decide(ALLOWED, ['ls', 'ls -a']).decision).toBe('allow')
    expect(decide(ALLOWED, ['ls', 'pwd'])).toMatchObject({ decision: 'deny', sid: null })
    expect(decide(`default: review\n${ALLOWED}`, ['ls', 'pwd']).decision).toBe('review')
  })

  it('is not allowed by a statement about the batch', () => {
    expect(decide('statements: [{ sid: B, effect: allow, actions: batch }]', ['ls', 'ls']).decision).toBe('deny')
  })

  it('meets statements that deny what the agent sent of a member, and of the whole', () => {
    const whole = `${ALLOWED.slice(0, -1)}, { sid: D, effect: deny, actions: bash.execute, conditions: { params.command: { op: contains, value: "ls;ls" } } }]`
    expect(decide(whole, ['ls', 'ls;ls']).sid).toBe('D')
    expect(decide(`${ALLOWED.slice(0, -1)}, { sid: N, effect: deny, actions: batch }]`, ['ls', 'ls']).sid).toBe('N')
  })
})

describe('a tool of a server that is not told', () => {
  const POLICY = `default: review
statements:
  - { sid: Trusted, effect: allow, actions: "mcp.github.*" }
  - { sid: Named, effect: allow, actions: "mcp.*", conditions: { params.tool: docs-server-search } }
  - { sid: NoRemoval, effect: deny, actions: "mcp.*.remove" }
  - { sid: NoShop, effect: deny, actions: "mcp.web-shop.*" }`
  const decision = (platform: PlatformName, tool: string) => {
    const input = {
      cursor: { ...SHELL_INPUTS.cursor(''), hook_event_name: 'beforeMCPExecution', tool_name: tool, tool_input: '{}' },
    } as const
    const adapter = adapterOf(platform)
    const payload = platform === 'cursor' ? input.cursor : { sessionId: 's', cwd: '/w', toolName: tool, toolArgs: {} }
    const parsed = adapter && readInput(adapter, payload, FACTS)
    if (parsed?.kind !== 'call') throw new Error(parsed?.why)
    return deciderOf(POLICY).decide(parsed.toolCall.call).decision
  }

  it('is allowed by no statement that names one', () => {
    expect(decision('cursor', 'search')).toBe('review')
    expect(decision('copilot-cli', 'github-search')).toBe('allow')
    expect(decision('copilot-cli', 'github-evil-search')).toBe('review')
    expect(decision('copilot-cli', 'docs-server-search')).toBe('allow')
  })

  it('is denied by its own name, and by every server that it may be of', () => {
    expect(decision('cursor', 'remove')).toBe('deny')
    expect(decision('copilot-cli', 'my-github-remove')).toBe('deny')
    expect(decision('copilot-cli', 'web-shop-buy')).toBe('deny')
  })
})
