/** The hook of every platform as a process, on one engine: the part of the kernel for each, and what all have in common. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeBundle } from '../../cli/bundle-files.js'
import { bundleFor } from '../../cli/bundle-target.js'
import { ENGINE_STARTS } from '../../cli/engine/engine-kind.js'
import { compile } from '../../compiler/compile.js'
import { adapterOf, platformNames } from '../../runtime/agents/adapters.js'
import { STATUS } from '../../runtime/agents/contract.js'
import { engineCommand, type HookEngine } from './claude-code/installed-hook.js'
import { SHELL_INPUTS } from './shell-inputs.js'

const POLICY = `default: deny
statements:
  - { sid: Shell, effect: allow, actions: bash.execute }
  - { sid: Remove, effect: deny, actions: bash.execute, conditions: { params.program: rm } }`

/** Registers the tests for one engine. */
export function answersPlatforms(engine: HookEngine): void {
  let folder = ''
  let bundle = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agsec-platforms-'))
    bundle = join(folder, 'p.cjs')
    const emitted = bundleFor(ENGINE_STARTS[engine.kind].target, compile([{ path: 'p.yaml', text: POLICY }], { emit: false }))
    if (emitted === undefined) throw new Error('the policy does not compile')
    writeBundle(bundle, emitted)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function hook(platform: string, input: string) {
    const [program, ...flags] = engineCommand(engine)
    const args = [...flags, bundle, 'hook', platform, '--agsec-home', folder, '--home', '/home/u', '--cwd', '/w']
    const { status, stdout, stderr } = spawnSync(program, args, { input, env: {}, encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  const recorded = () =>
    readFileSync(join(folder, 'audit/current.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))

  it.each(platformNames())('of %s answers', platform => {
    const adapter = adapterOf(platform)
    const input = (command: string) => JSON.stringify(SHELL_INPUTS[platform](command))
    expect(hook(platform, input('ls'))).toEqual(adapter?.reply('allow', ''))
    const denied = hook(platform, input('ls && rm x'))
    expect(denied).toMatchObject({ status: STATUS.deny })
    expect(denied.stdout + denied.stderr).toContain("Denied by 'Remove'")
    expect(hook(platform, '{')).toEqual(adapter?.reply('deny', '[agsec] blocked: the hook input is not one JSON value'))
  })

  it('of a platform that is not known blocks, whatever it is told', () => {
    expect(hook('vim', '{}')).toMatchObject({ status: STATUS.deny, stdout: '', stderr: expect.stringContaining('blocked') })
    expect(hook('constructor', '{}')).toMatchObject({ status: STATUS.deny })
  })

  it('decides the members of a batch, one by one', () => {
    const patch = '*** Begin Patch\n*** Add File: a\n*** Delete File: b\n*** End Patch'
    const codex = { ...SHELL_INPUTS.codex(''), tool_name: 'apply_patch', tool_input: { command: patch } }
    expect(hook('codex', JSON.stringify(codex))).toMatchObject({
      status: STATUS.deny,
      stderr: expect.stringContaining('`file.write /w/a`'),
    })
    expect(recorded().at(-1)).toMatchObject({ action: 'batch', params: { tool: 'apply_patch', actions: [{ action: 'file.write' }, {}] } })
  })

  it('records the agent and where it works', () => {
    hook('windsurf', JSON.stringify(SHELL_INPUTS.windsurf('ls -a')))
    expect(recorded().at(-1)).toMatchObject({ agent: 'windsurf', cwd: '/w', tool: 'pre_run_command', action: 'bash.execute' })
  })

  it('decides twice and records once a call that is asked about twice', () => {
    const common = { cursor_version: '4', session_id: 'twice', tool_use_id: 't', workspace_roots: ['/w'] }
    const generic = { ...common, hook_event_name: 'preToolUse', tool_name: 'Shell', tool_input: { command: 'rm ä' } }
    // With a number, since nobody knows how long a process takes here.
    const granular = { ...common, hook_event_name: 'beforeShellExecution', command: 'rm ä', cwd: '/w' }
    const asked = [
      hook('cursor', JSON.stringify(generic)),
      hook('cursor', JSON.stringify(granular)),
      hook('claude-code', JSON.stringify(granular)),
    ]
    expect(asked.map(({ status }) => status)).toEqual([2, 2, 2])
    expect(hook('cursor', JSON.stringify({ ...granular, tool_use_id: 'u', command: 'ls' })).status).toBe(10)
    const lines = recorded().filter(({ session_id }) => session_id === 'twice')
    expect(lines.map(({ params }) => params.command)).toEqual(['rm ä', 'ls'])
  })
}
