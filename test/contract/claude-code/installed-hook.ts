/** The hook as `install` sets it up, in a folder of its own, run by a shell as the platform runs it. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeBundle } from '../../../cli/bundle-files.js'
import { bundleFor } from '../../../cli/bundle-target.js'
import { lacksCodeCache, writeCodeCache } from '../../../cli/engine/code-cache.js'
import { ENGINE_STARTS, type EngineKind } from '../../../cli/engine/engine-kind.js'
import { identifyEngine } from '../../../cli/engine/identify.js'
import { claudeCode } from '../../../runtime/agents/claude-code.js'
import { hookCommand } from '../../../cli/install/hook-command.js'
import { compile } from '../../../compiler/compile.js'
import type { EmittedBundle, EmittedModule } from '../../../compiler/emit/bundle.js'
import { type BundleTarget, codeCacheName } from '../../../compiler/emit/kernel.js'

const POLICY = `
statements:
  - { sid: BlockDelete, effect: deny, actions: [bash.execute], conditions: { params.command: { op: regex, value: '\\brm\\s' } }, reason: "no deletions", guidance: "move it to trash/" }
  - { sid: AskPush, effect: review, actions: [bash.execute], conditions: { params.command: { op: starts_with, value: git push } } }
  - { sid: AllowShell, effect: allow, actions: [bash.execute] }
  - { sid: AllowReading, effect: allow, actions: [file.read] }
`

/** What runs the hook. */
export interface HookEngine {
  readonly kind: EngineKind
  /** The absolute path of the program; it may have to be installed first. */
  readonly program: () => string
}

/** The Node that runs the tests. */
export const ownNode: HookEngine = { kind: 'node', program: () => process.execPath }

export interface InstalledHook {
  readonly folder: string
  readonly bundle: string
  readonly agsecHome: string
  readonly command: string
}

/** The engine as the installed command starts it. */
export function engineCommand({ kind, program }: HookEngine): readonly [string, ...string[]] {
  return [program(), ...ENGINE_STARTS[kind].flags]
}

const bundles = new Map<BundleTarget, EmittedBundle | EmittedModule>()

/** The policy of these tests, compiled once for a target. */
function bundleOn(target: BundleTarget): EmittedBundle | EmittedModule {
  const bundle = bundles.get(target) ?? bundleFor(target, compile([{ path: 'policy.yaml', text: POLICY }], { emit: false }))
  if (bundle === undefined) throw new Error('the policy of this test does not compile')
  bundles.set(target, bundle)
  return bundle
}

const codeCaches = new Map<string, string | undefined>()

/** What QuickJS has compiled of the kernel, written once; undefined for an engine that cannot. Node's has tests of its own. */
function quickjsCodeCache(program: string): string | undefined {
  if (!codeCaches.has(program)) {
    const bundle = join(mkdtempSync(join(tmpdir(), 'agsec-contract-code-')), 'policy.bundle.cjs')
    const engine = { kind: 'qjs', program, version: identifyEngine(program).version, flags: ENGINE_STARTS.qjs.flags } as const
    const isWritten = lacksCodeCache(bundle, engine) && writeCodeCache(bundle, engine) === undefined
    codeCaches.set(program, isWritten ? join(bundle, '..', codeCacheName('qjs')) : undefined)
  }
  return codeCaches.get(program)
}

/** @param name of the folder that holds everything; a strange one tests the quoting */
export function setUpHook(engine: HookEngine, name = 'agsec hook'): InstalledHook {
  const folder = join(mkdtempSync(join(tmpdir(), 'agsec-contract-')), name)
  mkdirSync(folder)
  const bundle = join(folder, 'policy.bundle.cjs')
  const agsecHome = join(folder, 'home', '.agsec')
  mkdirSync(agsecHome, { recursive: true })
  writeBundle(bundle, bundleOn(ENGINE_STARTS[engine.kind].target))
  const code = engine.kind === 'qjs' ? quickjsCodeCache(engine.program()) : undefined
  if (code !== undefined) copyFileSync(code, join(folder, codeCacheName('qjs')))
  // No command line is there to be asked: the stamp says that nothing has changed.
  writeFileSync(`${bundle}.stamp.json`, JSON.stringify({ version: 1, sourceDigest: '', paths: [], files: [] }))
  const command = hookCommand(
    {
      engine: engineCommand(engine),
      bundle,
      agsecHome,
      home: join(folder, 'home'),
      user: 'u',
      cli: [process.execPath, '/nonexistent'],
    },
    claudeCode,
  )
  return { folder, bundle, agsecHome, command }
}

export function removeHook({ folder }: InstalledHook): void {
  rmSync(join(folder, '..'), { recursive: true, force: true })
}

export function bashInput(command: string, cwd = '/tmp'): string {
  const call = { session_id: 's', cwd, permission_mode: 'default', hook_event_name: 'PreToolUse', tool_name: 'Bash' }
  return JSON.stringify({ ...call, tool_input: { command, description: 'x' }, tool_use_id: 'toolu_1' })
}

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export function runHookCommand(
  command: string,
  input: string | Uint8Array,
  options: { env?: Record<string, string>; cwd?: string } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command], {
    input,
    encoding: 'utf8',
    env: options.env ?? {},
    cwd: options.cwd,
  })
  return { status, stdout, stderr }
}

/** What the platform does with it: status 2 blocks, status 0 with nothing on stdout runs, and with an "ask" asks. */
export function verdict({ status, stdout }: Ran): 'runs' | 'asks' | 'blocked' | 'runs by failure' {
  if (status === 2) return 'blocked'
  if (status !== 0) return 'runs by failure'
  if (stdout === '') return 'runs'
  return JSON.parse(stdout).hookSpecificOutput?.permissionDecision === 'ask' ? 'asks' : 'runs by failure'
}
