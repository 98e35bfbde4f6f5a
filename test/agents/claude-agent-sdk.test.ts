/** The guard as a hook of the real claude-agent-sdk, which drives the real Claude Code against a scripted model. */
import { execFile, execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AgentGuardOptions, guardOptions } from '../../sdk/claude-agent.js'
import { allow, createGuard, deny, type Guard, type GuardOptions, param, review } from '../../sdk/index.js'
import { CLIENTS, MCP_SERVER } from './clients.js'
import { installClient } from './install-client.js'
import { MAIN_MARK, type ModelServer, startModelServer, SUB_MARK } from './model-server.js'
import type { ToolStep } from './model-apis.js'
import { CACHE, clientProgram } from './run-client.js'

/** The release that belongs to the Claude Code that is driven; without the program that it would bring itself. */
const PACKAGE = '@anthropic-ai/claude-agent-sdk'
const VERSION = '0.3.330'
const FOLDER = join(CACHE, `claude-agent-sdk-${VERSION}`)

/** What is used of the package. */
interface AgentSdk {
  query(parameters: { prompt: string; options: object }): AsyncIterable<{ readonly type: string; readonly result?: string }>
}

const RULES = [
  allow(),
  deny('file.write', 'file.edit').when(param('file_path').matches('denied')).because('this file is denied').instead('write another one'),
  review('file.write').when(param('file_path').matches('asked')).because('this file is asked about'),
  deny('bash.execute').when(param('command').startsWith('touch forbidden')).because('this command is denied'),
  deny('mcp.demo.mark').because('this tool is denied'),
]

const [claude] = CLIENTS
let sdk: AgentSdk
let model: ModelServer
let root: string
let project: string

function installPackage(): void {
  if (existsSync(join(FOLDER, 'node_modules', PACKAGE))) return
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'package.json'), '{"private":true}')
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--omit=optional']
  execFileSync('npm', ['install', ...options, '--prefix', FOLDER, `${PACKAGE}@${VERSION}`], { stdio: 'ignore' })
}

beforeAll(async () => {
  if (claude === undefined) throw new Error('there are no clients')
  installClient(claude)
  installPackage()
  sdk = (await import(pathToFileURL(join(FOLDER, 'node_modules', PACKAGE, 'sdk.mjs')).href)) as AgentSdk // it has no types at this path
  model = await startModelServer()
})

afterAll(() => model.close())

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'agsec-agent-'))
  project = join(root, 'project')
  mkdirSync(project)
  return () => rmSync(root, { recursive: true, force: true })
})

interface Run {
  readonly guard?: Guard
  readonly settings?: AgentGuardOptions
  readonly more?: object
  readonly sub?: readonly ToolStep[]
}

/** Runs the steps, and gives every body that reached the model and what the query ended with. */
async function run(steps: readonly ToolStep[], { guard = guardWith({}), settings, more = {}, sub }: Run = {}) {
  if (claude === undefined) throw new Error('there are no clients')
  const recording = model.play({ main: steps, ...(sub === undefined ? {} : { sub }) })
  const env = { PATH: process.env['PATH'], HOME: root, ...claude.env({ home: root, project }, model.url) }
  const options = {
    cwd: project,
    env,
    pathToClaudeCodeExecutable: clientProgram(claude),
    permissionMode: 'bypassPermissions',
    allowDangerouslySkipPermissions: true,
    mcpServersDelivery: 'initialize',
    mcpServers: { demo: { type: 'stdio', command: process.execPath, args: [MCP_SERVER] } },
    ...more,
  }
  let failure = ''
  try {
    for await (const _ of sdk.query({ prompt: `${MAIN_MARK} go on`, options: guardOptions(options, guard, settings) }));
  } catch (error) {
    failure = String(error)
  }
  return { sent: recording.received.join('\n'), failure }
}

function guardWith(options: GuardOptions): Guard {
  return createGuard({ rules: RULES, ...options })
}

const write = (name: string): ToolStep => ({ name: 'Write', input: { file_path: join(project, name), content: 'x' } })
const shell = (command: string): ToolStep => ({ name: 'Bash', input: { command, description: 'a step' } })
const has = (name: string) => existsSync(join(project, name))

/** The text where it was sent: a whole conversation is too long to be shown. */
function saying(sent: string, text: string): string {
  return sent.includes(text) ? text : `${sent.length} characters without it`
}

describe('a guard in the hooks of claude-agent-sdk', () => {
  it('lets allowed calls run and denies others, whose reason the model reads', async () => {
    const { sent, failure } = await run([write('fine'), write('denied'), shell('cd . && touch forbidden'), shell('touch ok')])
    expect(failure).toBe('')
    expect([has('fine'), has('ok'), has('denied'), has('forbidden')]).toEqual([true, true, false, false])
    expect(saying(sent, 'this file is denied')).toBe('this file is denied')
    expect(saying(sent, 'write another one')).toBe('write another one')
    expect(saying(sent, 'this command is denied')).toBe('this command is denied')
  })

  it('does not approve what the agent itself does not', async () => {
    const asked: string[] = []
    const canUseTool = async (name: string) => {
      asked.push(name)
      return { behavior: 'deny', message: 'a person says no' }
    }
    const { sent } = await run([write('fine')], { more: { permissionMode: 'default', canUseTool } })
    expect(asked).toEqual(['Write'])
    expect(has('fine')).toBe(false)
    expect(saying(sent, 'a person says no')).toBe('a person says no')
  })

  it('denies the tools of MCP servers and of sub-agents', async () => {
    const mcp = { name: 'mcp__demo__mark', input: { file: join(project, 'marked') } }
    const agent = { name: 'Agent', input: { description: 'a part', prompt: `${SUB_MARK} go`, subagent_type: 'general-purpose' } }
    const { sent } = await run([mcp, agent], { sub: [write('denied')] })
    expect([has('marked'), has('denied')]).toEqual([false, false])
    expect(saying(sent, 'this tool is denied')).toBe('this tool is denied')
    expect(saying(sent, 'this file is denied')).toBe('this file is denied')
  })

  it('asks the person of the guard about a review', async () => {
    const onReview = ({ params }: { readonly params: object }) => JSON.stringify(params).includes('yes')
    const { sent } = await run([write('asked-yes'), write('asked-no')], { guard: guardWith({ onReview }) })
    expect([has('asked-yes'), has('asked-no')]).toEqual([true, false])
    expect(saying(sent, 'this file is asked about')).toBe('this file is asked about')
  })

  it('leaves a review to the agent where it is told to, which asks in every mode', async () => {
    const canUseTool = async (_name: string, input: { readonly file_path?: string }) =>
      input.file_path?.includes('yes') === true
        ? { behavior: 'allow', updatedInput: input }
        : { behavior: 'deny', message: 'a person says no' }
    const settings = { reviews: 'agent' } as const
    const asked = await run([write('asked-yes'), write('asked-no'), write('fine')], { settings, more: { canUseTool } })
    expect([has('asked-yes'), has('asked-no'), has('fine')]).toEqual([true, false, true])
    expect(saying(asked.sent, 'a person says no')).toBe('a person says no')
    await run([write('asked-alone')], { settings })
    expect(has('asked-alone')).toBe(false)
  })

  it('refuses everything without a policy', async () => {
    const { sent } = await run([write('fine')], { guard: createGuard({ bundle: join(root, 'nowhere.js') }) })
    expect(has('fine')).toBe(false)
    expect(saying(sent, 'the policy cannot be loaded')).toBe('the policy cannot be loaded')
  })

  it('blocks when the hook fails or does not answer', async () => {
    const broken: Guard = { ...guardWith({}), authorize: () => Promise.reject(new Error('broken')) }
    await run([write('fine')], { guard: broken })
    expect(has('fine')).toBe(false)
    const silent: Guard = { ...guardWith({}), authorize: () => new Promise(() => {}) }
    await run([write('fine')], { guard: silent, settings: { timeoutSeconds: 1 } })
    expect(has('fine')).toBe(false)
  })

  it('is not switched off by settings of the project', async () => {
    mkdirSync(join(project, '.claude'))
    writeFileSync(join(project, '.claude/settings.json'), JSON.stringify({ disableAllHooks: true }))
    const { failure } = await run([write('denied'), write('fine')], { more: { settingSources: ['user', 'project', 'local'] } })
    expect([has('denied'), has('fine'), failure]).toEqual([false, true, ''])
  })

  it('decides about the input that a hook of the application makes of a call', async () => {
    const updatedInput = { file_path: join(project, 'denied'), content: 'x' }
    const rewriting = async () => ({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'allow', updatedInput } })
    const { sent } = await run([write('fine')], { more: { hooks: { PreToolUse: [{ hooks: [rewriting] }] } } })
    expect([has('denied'), has('fine')]).toEqual([false, false])
    expect(saying(sent, 'this file is denied')).toBe('this file is denied')
  })

  it('decides about the input that `canUseTool` or a hook for its prompt makes of a call', async () => {
    const updatedInput = { file_path: join(project, 'denied'), content: 'x' }
    const canUseTool = async () => ({ behavior: 'allow', updatedInput })
    const hook = async () => ({ hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: await canUseTool() } })
    for (const rewriting of [{ canUseTool }, { hooks: { PermissionRequest: [{ hooks: [hook] }] } }]) {
      const { sent } = await run([write('fine')], { more: { permissionMode: 'default', ...rewriting } })
      expect([has('denied'), has('fine')]).toEqual([false, false])
      expect(saying(sent, 'this file is denied')).toBe('this file is denied')
    }
  })

  it('is what the example shows', async () => {
    if (claude === undefined) throw new Error('there are no clients')
    const example = join(FOLDER, 'example.mjs')
    copyFileSync(join(import.meta.dirname, '../../sdk/examples/claude-agent.mjs'), example)
    rmSync(join(FOLDER, 'node_modules/agsec'), { force: true })
    symlinkSync(join(import.meta.dirname, '../..'), join(FOLDER, 'node_modules/agsec'))
    writeFileSync(join(project, '.env'), 'SECRET=hunter2-hunter2')
    const read = { name: 'Read', input: { file_path: join(project, '.env') } }
    const recording = model.play({ main: [read, shell('cat .env'), shell('rm kept'), shell('touch ok')] })
    writeFileSync(join(project, 'kept'), 'x')
    const env = {
      PATH: process.env['PATH'],
      HOME: root,
      CLAUDE_CODE: clientProgram(claude),
      ...claude.env({ home: root, project }, model.url),
    }
    const { stdout } = await promisify(execFile)(process.execPath, [example, `${MAIN_MARK} go on`], { cwd: project, env })
    expect(stdout).toMatch(/asked: Bash[^]*success/)
    expect(has('kept')).toBe(true)
    const sent = recording.received.join('\n')
    expect(saying(sent, 'hunter2')).not.toBe('hunter2')
    expect(saying(sent, 'secrets are not read')).toBe('secrets are not read')
  })

  it('tells the policy who calls and where', async () => {
    const records: string[] = []
    await run([write('fine')], { guard: guardWith({ audit: record => void records.push(JSON.stringify(record)) }) })
    expect(records[0]).toContain(JSON.stringify(project))
    expect(records[0]).toContain('session_id')
    expect(readFileSync(join(project, 'fine'), 'utf8')).toBe('x')
  })
})
