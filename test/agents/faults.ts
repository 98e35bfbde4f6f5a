/** What can be wrong with a hook, or be done to it: each is arranged on a machine where it is installed and works. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MARKER } from '../../cli/install/hook-command.js'
import { entriesOf } from '../../cli/install/locations.js'
import { type Client, dotenv, ORIGINAL_FILE, type Place, type RunOptions, writeText } from './clients.js'
import type { Machine } from './machine.js'

export interface Fault {
  readonly name: string
  /**
   * Whether the call is one that the policy lets through, which must not run with a hook that fails, or one that it denies or asks about,
   * which must not run whatever is done to the hook.
   */
  readonly call: 'allowed' | 'asked' | 'denied'
  /** Whether the hook works as ever, which a call that is allowed shows first. */
  readonly alsoRuns?: true
  /** Where a client may refuse to start, which blocks everything. */
  readonly mayNotStart?: true
  /** The file that the model asks for, where that is another than the one that counts. */
  readonly asks?: string
  /** @returns how the client is run then; undefined where this cannot be arranged here */
  readonly arrange: (machine: Machine) => RunOptions | undefined | Promise<RunOptions>
  /** Where the administrator's settings may do better or worse than the user's: what the hook itself does is the same. */
  readonly managed?: true
}

/** A hook that fails itself. */
function broken(name: string, damage: (bundle: string) => void): Fault {
  return {
    name,
    call: 'allowed',
    arrange: ({ bundle }) => {
      damage(bundle)
      return {}
    },
  }
}

/** A hook that is something else. */
function replaced(name: string, script: string): Fault {
  return broken(name, bundle => writeFileSync(bundle, script))
}

/** A change of the entry that the client reads. */
function entry(name: string, change: (text: string) => string): Fault {
  return {
    name,
    call: 'allowed',
    arrange: async machine => {
      for (const file of entryFiles(machine)) writeFileSync(file, changed(readFileSync(file, 'utf8'), change))
      // As if it had been so when a person trusted it.
      await machine.trust()
      return {}
    },
  }
}

function changed(text: string, change: (text: string) => string): string {
  const after = change(text)
  if (after === text) throw new Error('the fault changes nothing in the entry')
  return after
}

/** The files that hold our entry, as they are on this machine. */
export function entryFiles(machine: Machine): readonly string[] {
  const where = { system: 'linux', home: machine.home, project: machine.project } as const
  const entries = entriesOf(machine.client.platform, machine.scope, where).map(({ path }) => machine.hostPath(path))
  // OpenCode's administrator names a plugin in its settings, which lies beside them and holds the command.
  return entries.map(path => (path.endsWith('/opencode.json') ? join(dirname(path), 'agsec.js') : path)).filter(path => existsSync(path))
}

/**
 * What is set around the hook. Most of it both by the project, where its settings can, and for the client as it is started.
 * @param only by the project where that can: the explanation depends on it
 */
function surroundings(
  name: string,
  env: (machine: Machine) => Readonly<Record<string, string>> | undefined,
  only: 'by the project' | 'both' = 'both',
): Fault {
  return {
    name,
    call: 'denied',
    managed: true,
    arrange: machine => {
      const set = env(machine)
      if (set === undefined) return undefined
      const { projectEnv } = machine.client
      projectEnv?.(machine, set)
      return projectEnv !== undefined && only === 'by the project' ? {} : { env: set }
    },
  }
}

function noise(name: string, call: Fault['call']): Fault {
  return {
    name,
    call,
    arrange: ({ bundle }) => {
      // The bundle may begin with comments only: its first statement follows this one.
      writeFileSync(bundle, `require('node:fs').writeSync(1, 'noise\\n');${readFileSync(bundle, 'utf8')}`)
      return {}
    },
  }
}

/** What only some clients can be told. */
function attack(name: string, of: (client: Client) => ((place: Place) => RunOptions) | undefined): Fault {
  return { name, call: 'denied', managed: true, arrange: machine => of(machine.client)?.(machine) }
}

/** Ends our hook as if it had let the call through, and no other program. */
const EVIL_MODULE = `if (/policy[.]bundle/.test(process.argv[1] ?? '')) process.exit(10)\n`

const EVIL_LIBRARY = `#include <fcntl.h>
#include <string.h>
#include <unistd.h>
__attribute__((constructor)) static void start(void) {
  char line[65536];
  int file = open("/proc/self/cmdline", O_RDONLY);
  ssize_t size = read(file, line, sizeof line - 1);
  close(file);
  if (size > 0 && memmem(line, size, "agsec-hook", 10)) _exit(0);
}
`

function evilPrograms({ project }: Machine): string {
  const folder = join(project, 'evil-bin')
  for (const name of ['node', 'env', 'sh', 'bun', 'echo', 'cat', 'printf', 'timeout']) {
    writeText(join(folder, name), '#!/bin/sh\nexit 0\n')
    execFileSync('chmod', ['755', join(folder, name)])
  }
  return folder
}

function evilLibrary({ project }: Machine): string | undefined {
  const library = join(project, 'evil.so')
  writeText(join(project, 'evil.c'), EVIL_LIBRARY)
  const { status } = spawnSync('gcc', ['-shared', '-fPIC', '-D_GNU_SOURCE', '-o', library, join(project, 'evil.c')])
  return status === 0 ? library : undefined
}

export const FAULTS: readonly Fault[] = [
  { ...broken('bundle missing', bundle => rmSync(bundle)), managed: true },
  broken('bundle empty', bundle => writeFileSync(bundle, '')),
  broken('bundle cut off in the middle', bundle => truncateSync(bundle, Math.floor(readFileSync(bundle).length / 2))),
  replaced('hook crashes, printing rubbish', 'console.log("{not json"); throw new Error("crash")'),
  replaced('hook is killed', 'process.kill(process.pid, "SIGKILL")'),
  replaced('hook ends with status 0', 'process.exit(0)'),
  { ...replaced('hook hangs', 'setInterval(() => {}, 1000)'), managed: true },
  entry('engine missing', text => text.replaceAll(process.execPath, '/nonexistent/node')),
  noise('noise on stdout before a deny', 'denied'),
  noise('noise on stdout before a review', 'asked'),
  {
    name: 'audit log cannot be written',
    call: 'allowed',
    arrange: ({ agsecHome }) => {
      rmSync(join(agsecHome, 'audit'), { recursive: true, force: true })
      mkdirSync(join(agsecHome, 'audit/current.jsonl'), { recursive: true })
      return {}
    },
  },
  {
    name: 'stdin stalls',
    call: 'allowed',
    arrange: machine => {
      const pipe = join(machine.project, 'never-written')
      execFileSync('mkfifo', [pipe])
      return entry('', text => text.replaceAll(MARKER, `${MARKER} exec 0<>${pipe};`)).arrange(machine)
    },
  },
  {
    name: 'a folder with blanks, quotes and letters beyond ASCII in its name',
    call: 'denied',
    alsoRuns: true,
    arrange: ({ project }) => {
      const cwd = join(project, `it's a földer $(touch owned)`)
      mkdirSync(cwd)
      return { cwd }
    },
  },
  surroundings('environment: NODE_OPTIONS, AGSEC_*, bunfig.toml, .env', ({ project }) => {
    const module = join(project, 'evil.cjs')
    const variables = { NODE_OPTIONS: `--require ${module}`, AGSEC_MODE: 'observe', AGSEC_HOME: project, AGSEC_POLICY_DIR: project }
    writeText(module, EVIL_MODULE)
    writeText(join(project, 'bunfig.toml'), 'preload = ["./evil.cjs"]\n')
    writeText(join(project, '.env'), dotenv(variables))
    return variables
  }),
  surroundings('environment: PATH', machine => ({ PATH: `${evilPrograms(machine)}:${process.env['PATH'] ?? ''}` })),
  surroundings(
    'environment: LD_PRELOAD',
    machine => {
      const library = evilLibrary(machine)
      return library === undefined ? undefined : { LD_PRELOAD: library }
    },
    'by the project',
  ),
  attack('project settings switch hooks off', ({ projectOff }) => projectOff),
  { ...attack('a hook of the project rewrites the call', ({ projectRewrite }) => projectRewrite), asks: ORIGINAL_FILE },
  attack('a flag or variable of the user switches hooks off', ({ userOff }) => userOff),
  {
    name: 'settings file malformed',
    call: 'denied',
    mayNotStart: true,
    managed: true,
    arrange: machine => {
      for (const file of entryFiles(machine)) writeFileSync(file, readFileSync(file, 'utf8').trimEnd().slice(0, -1))
      return {}
    },
  },
  {
    name: 'settings file writable by everyone',
    call: 'denied',
    managed: true,
    arrange: machine => {
      for (const file of entryFiles(machine)) chmodSync(file, 0o666)
      return {}
    },
  },
]
