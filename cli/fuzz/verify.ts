/** Whether what got through does what the seed does: both are run in the sandbox. */
import { spawnSync } from 'node:child_process'
import { posix } from 'node:path'
import type { Event } from './event.js'
import { Sandbox, type SandboxWorld } from './sandbox.js'
import type { Survivor } from './search.js'
import { pathsOf } from './seed-files.js'
import { deedOf, type Seed } from './seeds.js'

/** `not tried`: the seed itself has no effect in the sandbox, where its programs or files are not what it needs. */
export type Verdict = 'confirmed' | 'without effect' | 'not tried'

export interface Judged {
  readonly survivor: Survivor
  /** Absent where nothing was run. */
  readonly verdict?: Verdict
}

export function unverified(survivors: readonly Survivor[]): readonly Judged[] {
  return survivors.map(survivor => ({ survivor }))
}

export function verify(survivors: readonly Survivor[]): readonly Judged[] {
  const trials = new Map<Seed, Trial>()
  try {
    return survivors.map(survivor => ({ survivor, verdict: trialOf(trials, survivor.seed).verdict(survivor.command) }))
  } finally {
    for (const trial of trials.values()) trial.close()
  }
}

function trialOf(trials: Map<Seed, Trial>, seed: Seed): Trial {
  const trial = trials.get(seed) ?? new Trial(seed)
  trials.set(seed, trial)
  return trial
}

/** A world for one seed, and what the seed does in it. */
export class Trial {
  private readonly sandbox: Sandbox
  private readonly wanted: readonly string[]

  constructor(private readonly seed: Seed) {
    this.sandbox = new Sandbox(worldOf(seed))
    const effects = this.effects(seed.command)
    this.wanted = deedOf(seed) === undefined ? effects.slice(-1) : effects
  }

  verdict(command: string): Verdict {
    if (this.wanted.length === 0) return 'not tried'
    const effects = new Set(this.effects(command))
    return this.wanted.some(each => effects.has(each)) ? 'confirmed' : 'without effect'
  }

  close(): void {
    this.sandbox.close()
  }

  private effects(command: string): readonly string[] {
    const kind = deedOf(this.seed) ?? 'run'
    return effectsOf(this.sandbox.record(command), this.seed.place.cwd)[kind].filter(each =>
      kind !== 'read' && kind !== 'write' ? true : this.isOwn(each),
    )
  }

  /** What programs read and write beside is no effect of the seed's. */
  private isOwn(path: string): boolean {
    return Object.hasOwn(worldOf(this.seed).files, path)
  }
}

type Effects = Readonly<Record<'delete' | 'read' | 'write' | 'fetch' | 'run', readonly string[]>>

function effectsOf(events: readonly Event[], cwd: string): Effects {
  const links = new Map(events.flatMap(({ t, p, q }) => (t === 'symlink' && q !== undefined ? [[q, p] as const] : [])))
  const at = (path: string) => resolved(path, cwd, links)
  const of = (...types: readonly string[]) => events.filter(({ t }) => types.includes(t))
  return {
    delete: of('unlink', 'rmdir', 'rename').map(({ p }) => at(p)),
    read: of('read', 'rdwr').map(({ p, real }) => at(real ?? p)),
    write: [
      ...of('write', 'rdwr').map(({ p, real }) => at(real ?? p)),
      ...of('rename', 'symlink', 'link').flatMap(({ q }) => (q === undefined ? [] : [at(q)])),
    ],
    fetch: of('connect').map(() => 'a connection'),
    run: of('exec').map(({ p, argv = [] }) => JSON.stringify([posix.basename(p), ...argv.slice(1)])),
  }
}

/** The path without the links that the command itself has made. */
function resolved(path: string, cwd: string, links: ReadonlyMap<string, string>): string {
  let now = posix.normalize(path.replace(/^\/proc\/(?:self|\d+)\/cwd(?=\/|$)/, cwd).replace(/^\/proc\/(?:self|\d+)\/root(?=\/|$)/, '/'))
  for (let turns = 0; turns < 8; turns++) {
    const link = [...links.keys()].find(each => now === each || now.startsWith(`${each}/`))
    if (link === undefined) break
    now = posix.normalize(posix.resolve(posix.dirname(link), links.get(link) ?? '') + now.slice(link.length))
  }
  return now
}

/** The files and programs that the seed names. */
function worldOf(seed: Seed): SandboxWorld {
  const { form, place, command } = seed
  const words = form.kind === 'command' ? form.words : []
  const paths = pathsOf(seed)
  const [program] = words
  return {
    ...place,
    folders: [],
    files: Object.fromEntries(paths.map(path => [path, 'KEY=value\n'])),
    programs: program === undefined || isInstalled(program.value) ? [] : [program.value],
    hosts: [...command.matchAll(/https?:\/\/([a-z][\w.-]*)/g)].map(([, host]) => host ?? ''),
  }
}

function isInstalled(program: string): boolean {
  return !/^[\w.+-]+$/.test(program) || spawnSync('which', [program]).status === 0
}
