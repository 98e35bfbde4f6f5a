/** The real Claude Code client from npm, driven by a scripted model on loopback, with the hook as our installer sets it up. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startModelServer, type ToolStep } from './model-server.js'

const root = join(import.meta.dirname, '../..')
const cache = join(root, 'node_modules/.cache/agsec-agents')
const client = join(cache, 'node_modules/.bin/claude')
const cli = join(root, 'dist/cli/main.js')

/** The version that the contract was last read from. */
const CLIENT = '@anthropic-ai/claude-code@2.1.330'

let home: string
let project: string

function agsec(...args: readonly string[]): string {
  return execFileSync(process.execPath, [cli, '--agsec-home', join(home, '.agsec'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, HOME: home },
  })
}

interface Turn {
  /** Every body that reached the model. */
  readonly sent: string
  readonly output: string
}

/** One turn of the client in which the model calls the tools. */
async function turn(steps: readonly ToolStep[]): Promise<Turn> {
  const server = await startModelServer(steps)
  try {
    const output = await runClient(server.url)
    return { sent: server.received.join('\n'), output }
  } finally {
    await server.close()
  }
}

function runClient(url: string): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'sk-dummy',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    IS_SANDBOX: '1',
  }
  const args = ['-p', 'go on', '--output-format', 'stream-json', '--verbose', '--dangerously-skip-permissions']
  const child = spawn(client, args, { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const limit = setTimeout(() => child.kill('SIGKILL'), 60_000)
  return new Promise(resolve => {
    child.on('close', () => {
      clearTimeout(limit)
      resolve(Buffer.concat(chunks).toString('utf8'))
    })
  })
}

const bash = (command: string): ToolStep => ({ name: 'Bash', input: { command, description: 'a step' } })
const marker = () => existsSync(join(project, 'MARK'))
const mark = bash('touch MARK')

beforeAll(() => {
  if (existsSync(client)) return
  mkdirSync(cache, { recursive: true })
  writeFileSync(join(cache, 'package.json'), '{}')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', cache, CLIENT], { stdio: 'ignore' })
})

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'agsec-agent-home-'))
  project = mkdtempSync(join(tmpdir(), 'agsec-agent-project-'))
  mkdirSync(join(project, 'x'))
  writeFileSync(join(project, 'x/keep'), 'kept')
  writeFileSync(join(project, '.env'), 'SECRET=hunter2-hunter2')
})

afterEach(() => {
  rmSync(home, { recursive: true, force: true })
  rmSync(project, { recursive: true, force: true })
})

describe('without agsec', () => {
  it('the client runs what the model says: the test can tell', async () => {
    await turn([mark])
    expect(marker()).toBe(true)
  })
})

describe('with agsec installed', () => {
  beforeEach(() => {
    agsec('init')
    agsec('install', 'claude-code')
  })

  it('`ls` runs', async () => {
    const { sent } = await turn([bash('ls')])
    expect(sent).toContain('x\\n')
  })

  it('`rm -rf x` does not run, and the model is told why', async () => {
    const { sent } = await turn([bash('rm -rf x')])
    expect(existsSync(join(project, 'x/keep'))).toBe(true)
    expect(sent).toContain('[agsec]')
  })

  it('`.env` is not read, by no tool', async () => {
    const { sent } = await turn([{ name: 'Read', input: { file_path: join(project, '.env') } }, bash('cat .env'), bash('head -c 100 .env')])
    expect(sent).not.toContain('hunter2')
    expect(sent).toContain('[agsec]')
  })

  it.each([
    ['NODE_OPTIONS', () => ({ NODE_OPTIONS: `--require ${join(project, 'evil.cjs')}` })],
    ['LD_PRELOAD of a library that is none', () => ({ LD_PRELOAD: join(project, 'evil.cjs') })],
    ['PATH', () => ({ PATH: `${project}:/usr/bin:/bin` })],
    ['AGSEC_*', () => ({ AGSEC_MODE: 'observe', AGSEC_POLICY_DIR: project })],
  ])('a project that sets %s changes nothing', async (_, env) => {
    writeFileSync(join(project, 'evil.cjs'), 'process.exit(10)')
    for (const name of ['node', 'env', 'sh']) writeFileSync(join(project, name), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
    mkdirSync(join(project, '.claude'))
    writeFileSync(join(project, '.claude/settings.json'), JSON.stringify({ env: env() }))
    await turn([bash('/usr/bin/touch MARK; rm -rf x')])
    expect({ marked: marker(), kept: existsSync(join(project, 'x/keep')) }).toEqual({ marked: false, kept: true })
  })

  it.each([
    ['missing', (bundle: string) => rmSync(bundle)],
    ['empty', (bundle: string) => writeFileSync(bundle, '')],
    ['throwing', (bundle: string) => writeFileSync(bundle, 'throw new Error("x")')],
    ['ending with status 0', (bundle: string) => writeFileSync(bundle, 'process.exit(0)')],
    ['printing rubbish', (bundle: string) => writeFileSync(bundle, 'console.log("{not json"); process.exitCode = 1')],
  ])('a bundle that is %s blocks', async (_, damage) => {
    damage(join(home, '.agsec/policy.bundle.cjs'))
    await turn([mark])
    expect(marker()).toBe(false)
  })
})
