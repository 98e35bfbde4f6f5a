/** The installed command of every platform, run as the platform runs it, with the real bundle: what the platform is told, whatever breaks. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { writeBundle } from '../../../cli/bundle-files.js'
import { bundleFor } from '../../../cli/bundle-target.js'
import { canary } from '../../../cli/install/canary.js'
import { PLATFORM_NAMES } from '../../../cli/install/detect.js'
import { hookCommand, type HookPaths } from '../../../cli/install/hook-command.js'
import { PLATFORM_ENTRIES } from '../../../cli/install/platforms.js'
import { compile } from '../../../compiler/compile.js'
import { adapterOf } from '../../../runtime/agents/adapters.js'
import type { PlatformName } from '../../../runtime/agents/contract.js'

const POLICY = `
statements:
  - { sid: NoDelete, effect: deny, actions: [bash.execute], conditions: { params.program: rm }, reason: "no deletions" }
  - { sid: AskPush, effect: review, actions: [bash.execute], conditions: { params.program: git } }
  - { sid: AllowShell, effect: allow, actions: [bash.execute] }
  - { sid: AllowReading, effect: allow, actions: [file.read, file.list] }
`

let folder: string
let bundle: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "agsec it's "))
  bundle = join(folder, 'policy.bundle.cjs')
  const emitted = bundleFor('node', compile([{ path: 'policy.yaml', text: POLICY }], { emit: false }))
  if (emitted === undefined) throw new Error('the policy of this test does not compile')
  writeBundle(bundle, emitted)
  writeFileSync(`${bundle}.stamp.json`, JSON.stringify({ version: 1, sourceDigest: '', paths: [], files: [] }))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

type Verdict = 'runs' | 'asks' | 'blocked' | 'runs by mistake'

function commandOf(platform: PlatformName, changes: Partial<HookPaths> = {}): string {
  const adapter = adapterOf(platform)
  if (adapter === undefined) throw new Error(`there is no adapter for ${platform}`)
  const paths = { engine: [process.execPath] as const, bundle, agsecHome: join(folder, 'agsec'), home: join(folder, 'home'), user: 'u' }
  const quickFlags = ['--no-rehash-snapshot']
  return hookCommand({ ...paths, quickFlags, cli: [process.execPath, '/nonexistent'], ...changes }, adapter)
}

/** As the platform's shell, in an environment that the project has been at. */
function run(command: string, input: string, env: Record<string, string> = {}): Ran {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command], { input, encoding: 'utf8', env, cwd: folder })
  return { status, stdout, stderr }
}

/** A shell command as the platform tells its hook of it. */
function shellCall(platform: PlatformName, command: string): string {
  const like = (tool: string, more = {}) => ({
    ...JSON.parse(canary(platform)),
    tool_name: tool,
    tool_input: { command },
    cwd: '/proj',
    ...more,
  })
  const calls: Readonly<Record<PlatformName, object>> = {
    'claude-code': like('Bash'),
    codex: like('Bash'),
    'copilot-cli': { ...JSON.parse(canary('copilot-cli')), toolName: 'bash', toolArgs: { command } },
    'copilot-vscode': like('run_in_terminal'),
    cursor: { ...JSON.parse(canary('cursor')), hook_event_name: 'beforeShellExecution', command, cwd: '/proj', file_path: undefined },
    windsurf: {
      agent_action_name: 'pre_run_command',
      trajectory_id: 't',
      execution_id: 'e',
      tool_info: { command_line: command, cwd: '/proj' },
    },
    cline: { ...JSON.parse(canary('cline')), tool_call: { id: 'c', name: 'run_commands', input: { commands: [command] } } },
    'gemini-cli': like('run_shell_command'),
    'qwen-code': like('run_shell_command'),
    opencode: { tool: 'bash', sessionID: 's', callID: 'c', args: { command }, directory: '/proj', servers: [] },
    crush: like('bash'),
    goose: like('developer__shell'),
    droid: like('Execute'),
    kiro: like('execute_bash'),
    antigravity: { ...JSON.parse(canary('antigravity')), toolCall: { name: 'run_command', args: { CommandLine: command, Cwd: '/proj' } } },
    amp: { tool: 'Bash', toolUseID: 't', input: { cmd: command }, thread: { id: 'T' }, directory: '/proj' },
  }
  return JSON.stringify(calls[platform])
}

function jsonIn(text: string): { readonly [key: string]: unknown } {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return { broken: text }
  }
}

/** What each platform makes of it, after what was seen of it or stands in its documents. */
const VERDICTS: Readonly<Record<PlatformName, (ran: Ran) => Verdict>> = {
  'claude-code': nested,
  codex: byStatus,
  'copilot-cli': ran => (ran.status !== 0 ? 'blocked' : nested(ran)),
  'copilot-vscode': nested,
  cursor: ran => (ran.status === 2 ? 'blocked' : ran.status === 0 ? word(jsonIn(ran.stdout)['permission']) : 'runs by mistake'),
  windsurf: byStatus,
  cline: ({ stdout }) => (jsonIn(stdout)['cancel'] === true ? 'blocked' : stdout === '{"cancel":false}' ? 'runs' : 'runs by mistake'),
  'gemini-cli': ran =>
    jsonIn(ran.stdout)['decision'] === 'deny' ? 'blocked' : byStatus({ ...ran, stdout: ran.stdout === '{}' ? '' : ran.stdout }),
  'qwen-code': nested,
  opencode: byStatus,
  crush: byStatus,
  goose: ran => (jsonIn(ran.stdout)['decision'] === 'block' || ran.status === 2 ? 'blocked' : byStatus({ ...ran, stdout: '' })),
  droid: nested,
  kiro: byStatus,
  antigravity: ran => (ran.status !== 0 ? 'blocked' : word(jsonIn(ran.stdout)['decision'])),
  amp: byStatus,
}

/** Status 2 with a word on stderr blocks, 0 runs; a word on stdout is one too many. */
function byStatus({ status, stdout, stderr }: Ran): Verdict {
  if (status === 2 && stderr !== '') return 'blocked'
  return (status === 0 || status === 10) && stdout === '' ? 'runs' : 'runs by mistake'
}

function nested({ status, stdout, stderr }: Ran): Verdict {
  if (status === 2 && stderr !== '') return 'blocked'
  const said = jsonIn(stdout)
  const output = said['hookSpecificOutput']
  if (status === 0 && (stdout === '' || said['continue'] === true)) return 'runs'
  return status === 0 && typeof output === 'object' && output !== null && 'permissionDecision' in output
    ? word(output.permissionDecision)
    : 'runs by mistake'
}

function word(decision: unknown): Verdict {
  return decision === 'allow' ? 'runs' : decision === 'ask' ? 'asks' : decision === 'deny' ? 'blocked' : 'runs by mistake'
}

const ASKING = new Set<PlatformName>(['claude-code', 'copilot-cli', 'copilot-vscode', 'cursor', 'qwen-code', 'droid'])

describe.each(PLATFORM_NAMES)('%s', platform => {
  const verdict = (command: string, input: string, env?: Record<string, string>) => VERDICTS[platform](run(command, input, env))

  it('lets through, denies and asks', { timeout: 60_000 }, () => {
    const command = commandOf(platform)
    expect(verdict(command, shellCall(platform, 'echo ok'))).toBe('runs')
    expect(verdict(command, canary(platform))).toBe('runs')
    const denied = run(command, shellCall(platform, 'rm x'))
    expect(VERDICTS[platform](denied)).toBe('blocked')
    expect(denied.stdout + denied.stderr).toContain('no deletions')
    expect(verdict(command, shellCall(platform, 'git push'))).toBe(ASKING.has(platform) ? 'asks' : 'blocked')
  })

  it('decides without the flags where the engine does not know them', { timeout: 60_000 }, () => {
    const command = commandOf(platform, { quickFlags: ['--no-such-flag'] })
    expect(verdict(command, shellCall(platform, 'echo ok'))).toBe('runs')
    const denied = run(command, shellCall(platform, 'rm x'))
    expect(VERDICTS[platform](denied)).toBe('blocked')
    expect(denied.stdout + denied.stderr).toContain('no deletions')
  })

  it('blocks where the bundle is missing, empty, or no bundle, and where the engine is missing, fails, or is killed', {
    timeout: 60_000,
  }, () => {
    const input = shellCall(platform, 'echo ok')
    const broken = join(folder, 'broken.cjs')
    const outcomes = ['', '{', 'console.log("{}")', 'process.exit(10 - 9)', 'process.exit(2)', 'process.kill(process.pid, "SIGKILL")'].map(
      text => {
        writeFileSync(broken, text)
        return verdict(commandOf(platform, { bundle: broken }), input)
      },
    )
    outcomes.push(verdict(commandOf(platform, { bundle: join(folder, 'none.cjs') }), input))
    outcomes.push(verdict(commandOf(platform, { engine: ['/nonexistent'] }), input))
    expect(outcomes).toEqual(outcomes.map(() => 'blocked'))
  })

  it('denies and asks as ever where something stands on stdout before its answer, or blocks', { timeout: 60_000 }, () => {
    const noisy = join(folder, 'noisy.cjs')
    writeFileSync(noisy, `require('node:fs').writeSync(1, 'noise\\n');${readFileSync(bundle, 'utf8')}`)
    writeFileSync(`${noisy}.stamp.json`, readFileSync(`${bundle}.stamp.json`))
    const command = commandOf(platform, { bundle: noisy })
    expect(verdict(command, shellCall(platform, 'rm x'))).toBe('blocked')
    expect(verdict(command, shellCall(platform, 'git push'))).toBe('blocked')
  })

  it('blocks where the hook hangs, and says nothing but that', { timeout: 60_000 }, () => {
    const hanging = join(folder, 'hanging.cjs')
    writeFileSync(hanging, 'process.stdout.write("{"); setInterval(() => {}, 1000)')
    const ran = run(
      commandOf(platform, { bundle: hanging, deadline: ['/usr/bin/timeout', '-s', 'KILL', '1'] }),
      shellCall(platform, 'echo ok'),
    )
    expect(VERDICTS[platform](ran)).toBe('blocked')
    expect(jsonIn(ran.stdout)['broken']).toBeUndefined()
  })

  it('decides alike in a poisoned environment', { timeout: 60_000 }, () => {
    const evil = join(folder, 'evil.cjs')
    writeFileSync(evil, 'process.exit(10)')
    const env = {
      NODE_OPTIONS: `--require "${evil}"`,
      PATH: folder,
      BASH_ENV: evil,
      ENV: evil,
      'BASH_FUNC_cd%%': '() { exit 0; }',
      'BASH_FUNC_env%%': '() { exit 0; }',
      AGSEC_HOME: folder,
      HOME: '/nonexistent',
    }
    expect(verdict(commandOf(platform), shellCall(platform, 'rm x'), env)).toBe('blocked')
    expect(verdict(commandOf(platform), shellCall(platform, 'echo ok'), env)).toBe('runs')
  })
})

describe('the command', () => {
  const input = shellCall('claude-code', 'git push')

  it('blocks a stdin that is never closed, once the deadline has come', { timeout: 60_000 }, async () => {
    const command = commandOf('codex', { deadline: ['/usr/bin/timeout', '-s', 'KILL', '1'] })
    const child = spawn('/bin/sh', ['-c', command], { env: {}, stdio: ['pipe', 'ignore', 'pipe'] })
    child.stdin.write('{"half":')
    const status = await new Promise(resolve => child.on('exit', resolve))
    child.stdin.destroy()
    expect(status).toBe(2)
  })

  it('is ended by perl where there is no timeout', { timeout: 60_000 }, () => {
    const hanging = join(folder, 'hanging.cjs')
    writeFileSync(hanging, 'setInterval(() => {}, 1000)')
    const deadline = ['/usr/bin/perl', '-e', 'alarm shift; exec @ARGV or exit 127', '1']
    expect(run(commandOf('codex', { bundle: hanging, deadline }), input).status).toBe(2)
    expect(run(commandOf('claude-code', { deadline }), shellCall('claude-code', 'echo ok')).status).toBe(0)
  })

  it('makes a block of an ask that nobody hears', { timeout: 60_000 }, async () => {
    const child = spawn('/bin/sh', ['-c', commandOf('claude-code')], { env: {}, stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdout.destroy()
    child.stdin.end(input)
    expect(await new Promise(resolve => child.on('exit', resolve))).toBe(2)
  })

  it('of all users takes the home of whoever runs the agent, and writes to their log', { timeout: 60_000 }, () => {
    const home = join(folder, 'somebody')
    mkdirSync(home)
    const command = commandOf('claude-code', { home: undefined, user: undefined })
    expect(run(command, shellCall('claude-code', 'echo ok'), { HOME: home }).status).toBe(0)
    expect(JSON.parse(readFileSync(join(home, '.agsec/audit/current.jsonl'), 'utf8'))).toMatchObject({ outcome: 'allowed' })
  })

  it.each([{}, { HOME: '' }, { HOME: '.' }])('of all users blocks where nobody knows that home: %j', { timeout: 60_000 }, environment => {
    const { status, stderr } = run(
      commandOf('claude-code', { home: undefined, user: undefined }),
      shellCall('claude-code', 'echo ok'),
      environment,
    )
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('without `HOME`') })
  })

  it('holds no backslash and no double slash, which shells and comment strippers read in their own ways', () => {
    const plain = { bundle: '/b', agsecHome: '/a', home: '/h' }
    for (const platform of PLATFORM_NAMES) expect(commandOf(platform, plain).replaceAll("'\\''", '')).not.toMatch(/\\|\/\/|\n/)
  })
})

describe('the plugin of', () => {
  /** A module of its own for every bundle. */
  async function load(platform: 'opencode' | 'amp', changes: Partial<HookPaths> = {}) {
    const entry = PLATFORM_ENTRIES[platform]({ system: 'linux', scope: 'user', command: commandOf(platform, changes), allow: 10 })
    if (entry.kind !== 'file') throw new Error('expected a file')
    const path = join(mkdtempSync(join(folder, 'plugin-')), 'agsec.mjs')
    writeFileSync(path, entry.text)
    return await import(pathToFileURL(path).href)
  }

  const opencodeOutput = async (output: object, changes?: Partial<HookPaths>) => {
    const { Agsec } = await load('opencode', changes)
    const hooks = await Agsec({ directory: '/proj' })
    await hooks.config({ mcp: { 'my server': {} } })
    return hooks['tool.execute.before']({ tool: 'bash', sessionID: 's', callID: 'c' }, output)
  }
  const opencode = (command: string, changes?: Partial<HookPaths>) => opencodeOutput({ args: { command } }, changes)

  it('OpenCode throws wherever there is no allow', { timeout: 60_000 }, async () => {
    await expect(opencode('echo ok')).resolves.toBeUndefined()
    await expect(opencode('rm x')).rejects.toThrow('no deletions')
    await expect(opencode('git push')).rejects.toThrow('AskPush')
    await expect(opencode('echo ok', { bundle: '/nonexistent' })).rejects.toThrow('blocked')
    await expect(opencode('echo ok', { engine: ['/bin/true'] })).rejects.toThrow('blocked')
  })

  it('OpenCode leaves nothing of the call for another plugin to change', { timeout: 60_000 }, async () => {
    const output = { args: { command: 'echo ok', more: [{ deep: 1 }] } }
    await opencodeOutput(output)
    expect([output, output.args, output.args.more, output.args.more[0]].map(Object.isFrozen)).toEqual([true, true, true, true])
    expect(() => Object.assign(output.args, { command: 'rm x' })).toThrow('read only')
  })

  const amp = async (cmd: string, changes?: Partial<HookPaths>) => {
    const handlers = new Map<string, (event: object) => Promise<unknown>>()
    const module = await load('amp', changes)
    module.default({ on: (event: string, handler: (event: object) => Promise<unknown>) => handlers.set(event, handler) })
    return await handlers.get('tool.call')?.({ tool: 'Bash', toolUseID: 't', input: { cmd }, thread: { id: 'T' } })
  }

  it('Amp rejects wherever there is no allow', { timeout: 60_000 }, async () => {
    expect(await amp('echo ok')).toEqual({ action: 'allow' })
    expect(await amp('rm x')).toMatchObject({ action: 'reject-and-continue', message: expect.stringContaining('no deletions') })
    expect(await amp('echo ok', { bundle: '/nonexistent' })).toMatchObject({ action: 'reject-and-continue' })
  })
})
