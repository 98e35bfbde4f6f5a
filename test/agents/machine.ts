/** A machine for one run of a client: a home, a project and, for settings of an administrator, an `/etc` of its own. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, type Place, type RunOptions, type Scope, writeText } from './clients.js'
import { type ModelServer, type Script, startModelServer } from './model-server.js'
import { runTurn, startOf, type Turn } from './run-client.js'
import { answerAtTerminal, type Dialogue } from './terminal.js'

const CLI = join(import.meta.dirname, '../../dist/bin/agsec.js')

/** What is denied, asked and let through can be told by the names of files. */
const POLICY = `version: "1.1"
default: allow
statements:
  - sid: NoDeniedFiles
    effect: deny
    actions: [file.write, file.edit, file.delete]
    conditions: { params.file_path: { op: regex, value: 'denied' } }
    reason: "This file is denied in a test"
  - sid: NoDeniedText
    effect: deny
    actions: file.read
    conditions: { params.file_path: { op: regex, value: 'denied[.]txt' } }
    reason: "This text is denied in a test"
  - sid: AskedFiles
    effect: review
    actions: "file.*"
    conditions: { params.file_path: { op: regex, value: 'asked' } }
    reason: "This file is asked about in a test"
  - sid: NoDeniedTools
    effect: deny
    actions: mcp.demo.mark
    conditions: { params.file: { op: regex, value: 'denied' } }
    reason: "This tool is denied in a test"
  - sid: NoDeniedAgents
    effect: deny
    actions: agent.spawn
    conditions: { params.prompt: { op: regex, value: 'denied' } }
    reason: "This agent is denied in a test"
`

export class Machine implements Place {
  readonly home = temporary('home')
  readonly project: string
  readonly #root = temporary('project')
  readonly #snapshot = temporary('snapshot')
  #etc: string | undefined

  private constructor(
    readonly client: Client,
    readonly scope: Scope,
    readonly model: ModelServer,
    projectName: string,
  ) {
    this.project = join(this.#root, projectName)
    this.#makeProject()
    client.prepare?.(this, model.url)
  }

  /** @param projectName a folder's name, which may be an awkward one */
  static async make(client: Client, scope: Scope, projectName = 'project'): Promise<Machine> {
    return new Machine(client, scope, await startModelServer(), projectName)
  }

  #makeProject(): void {
    rmSync(this.project, { recursive: true, force: true })
    mkdirSync(this.project)
    for (const about of ['denied', 'fine']) {
      writeText(join(this.project, `${about}.txt`), `TEXT-${about}\n`)
      writeText(join(this.project, `${about}.edit`), 'before\n')
    }
  }

  /** Remembers the machine as it is, for `reset`. */
  keep(): void {
    for (const [name, folder] of this.#kept()) {
      rmSync(join(this.#snapshot, name), { recursive: true, force: true })
      copy(folder, join(this.#snapshot, name))
    }
  }

  /** Makes the machine what it was, with a new project. */
  reset(): void {
    endProcessesOf(this.home)
    for (const [name, folder] of this.#kept()) restore(join(this.#snapshot, name), folder)
    this.#makeProject()
  }

  #kept(): readonly (readonly [name: string, folder: string])[] {
    return [['home', this.home], ...(this.#etc === undefined ? [] : [['etc', this.#etc] as const])]
  }

  /** As it is called on the machine. */
  get #agsecHome(): string {
    return this.scope === 'managed' ? '/etc/agsec' : join(this.home, '.agsec')
  }

  /** As it can be reached from here. */
  get agsecHome(): string {
    return this.hostPath(this.#agsecHome)
  }

  get bundle(): string {
    return join(this.agsecHome, 'policy.bundle.cjs')
  }

  /** With the test's policy in force, and the hook where the client reads it. */
  async install(): Promise<void> {
    this.agsec('init')
    this.#useTestPolicy()
    await this.#installHook()
  }

  /** With the policies that come with agsec. */
  async installDefault(): Promise<void> {
    this.agsec('init')
    await this.#installHook()
  }

  #useTestPolicy(): void {
    const policies = join(this.agsecHome, 'policies')
    for (const file of readdirSync(policies)) rmSync(join(policies, file), { recursive: true })
    writeText(join(policies, 'test.yaml'), POLICY)
    // Nothing is in force then, so that nobody at a terminal is needed.
    rmSync(this.bundle)
    this.agsec('compile')
  }

  /** And does what a person has to do besides, who is told so by `agsec install`. */
  async #installHook(): Promise<void> {
    this.agsec('install', this.client.platform, ...(this.scope === 'managed' ? ['--scope', 'managed'] : []))
    await this.trust()
  }

  async trust(): Promise<void> {
    if (this.scope === 'user') await this.client.trust?.(this, startOf(this.client))
  }

  agsec(...args: readonly string[]): string {
    const [program = '', ...rest] = [...this.#prefix(), process.execPath, CLI, '--agsec-home', this.#agsecHome, ...args]
    return execFileSync(program, rest, { encoding: 'utf8', cwd: this.project, env: { ...process.env, HOME: this.home } })
  }

  run(script: Script, options: RunOptions = {}): Promise<Turn> {
    return runTurn(this.client, this, this.model, script, { ...options, prefix: this.#prefix() })
  }

  /** A turn at a terminal, where somebody presses the keys when the client asks. */
  converse(script: Script, answer: 'yes' | 'no'): Promise<Dialogue> {
    const { client } = this
    if (client.interactive === undefined) throw new Error(`${client.product} is not tried at a terminal`)
    return answerAtTerminal({ ...client, interactive: client.interactive }, this, this.model, script, client.interactive[answer])
  }

  /** A path of the machine's configuration, as a path here. */
  hostPath(path: string): string {
    return path.startsWith('/etc/') ? join(this.#ownEtc(), path.slice('/etc/'.length)) : path
  }

  has(file: string): boolean {
    return existsSync(join(this.project, file))
  }

  text(file: string): string {
    return readFileSync(join(this.project, file), 'utf8')
  }

  async dispose(): Promise<void> {
    endProcessesOf(this.home)
    await this.model.close()
    for (const folder of [this.home, this.#root, this.#snapshot, this.#etc]) {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    }
  }

  /** The machine's real `/etc` is never written: the client sees a copy in its place. */
  #prefix(): readonly string[] {
    if (this.scope !== 'managed') return []
    return [...UNSHARE, '/bin/sh', '-c', '/bin/mount --bind "$0" /etc && exec "$@"', this.#ownEtc()]
  }

  #ownEtc(): string {
    this.#etc ??= copyOfEtc()
    return this.#etc
  }
}

const UNSHARE = ['/usr/bin/unshare', ...(process.getuid?.() === 0 ? [] : ['--map-root-user']), '--mount', '--propagation', 'private']

/** Whether this system lets a process have mounts of its own. */
export const HAS_NAMESPACES = spawnSync(UNSHARE[0] ?? '', [...UNSHARE.slice(1), 'true']).status === 0

function copyOfEtc(): string {
  const etc = join(temporary('etc'), 'etc')
  copy('/etc', etc)
  return etc
}

function temporary(what: string): string {
  return mkdtempSync(join(tmpdir(), `machine-${what}-`))
}

/** With owners, links and times, which `cp` alone keeps. */
function copy(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to])
}

/** Makes a folder what it was; what has not changed is not written, since agsec looks at its policies' times. */
function restore(from: string, to: string): void {
  const wanted = new Set(readdirSync(from))
  for (const name of readdirSync(to)) if (!wanted.has(name)) rmSync(join(to, name), { recursive: true })
  for (const name of wanted) restoreEntry(join(from, name), join(to, name))
}

function restoreEntry(from: string, to: string): void {
  const [wanted, found] = [from, to].map(path => lstatSync(path, { throwIfNoEntry: false }))
  if (wanted?.isDirectory() === true && found?.isDirectory() === true) return restore(from, to)
  if (wanted?.size === found?.size && wanted?.mtimeMs === found?.mtimeMs && wanted?.mode === found?.mode) return
  rmSync(to, { recursive: true, force: true })
  copy(from, to)
}

/** Clients leave servers behind, which hold on to the settings of the run that started them. They are known by its home. */
function endProcessesOf(home: string): void {
  if (!existsSync('/proc/self/environ')) return
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    if (environmentOf(pid).includes(`HOME=${home}`)) endProcess(Number(pid))
  }
}

function environmentOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
