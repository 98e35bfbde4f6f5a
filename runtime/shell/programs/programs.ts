/** Which program has which model: the one list of all tables. */
import { AWK } from './awk.js'
import { CHANNELS } from './channels.js'
import { CLOUD } from './cloud.js'
import { COMPOSE } from './compose.js'
import { DATABASES } from './databases.js'
import { FILES } from './files.js'
import { GIT } from './git.js'
import { FIND } from './find.js'
import { GIT_EXEC, isGitCommand } from './git-exec.js'
import { HOSTS } from './hosts.js'
import { INTERPRETERS } from './interpreters.js'
import { LAUNCHERS } from './launchers.js'
import type { Model, Output } from './model.js'
import { NETWORK } from './network.js'
import { PACKAGE_SCRIPTS } from './package-scripts.js'
import { PACKAGES } from './packages.js'
import { PROJECT } from './project.js'
import { readArguments } from './unlisted.js'
import type { Lookup } from './roles.js'
import { SED } from './sed.js'
import { SHELLS } from './shells.js'
import { WINDOWS } from './windows.js'
import { SYSTEM } from './system.js'
import { TOOLS } from './tools.js'
import { XARGS } from './xargs.js'

/** A program may stand in several tables, each of which knows one side of it (its files, the commands that it runs): all of them speak. */
const TABLES: readonly Lookup[] = [
  LAUNCHERS,
  SHELLS,
  CHANNELS,
  XARGS,
  FIND,
  GIT_EXEC,
  HOSTS,
  COMPOSE,
  TOOLS,
  PACKAGE_SCRIPTS,
  PROJECT,
  // those that describe the options of a program best come last
  FILES,
  NETWORK,
  GIT,
  PACKAGES,
  SYSTEM,
  DATABASES,
  CLOUD,
  AWK,
  INTERPRETERS,
  SED,
  WINDOWS,
]

/** How many programs are remembered, more than there are on most machines; an agent chooses their names. */
const REMEMBERED = 8192

/** A longer name is no program's that is known, or that comes again. */
const LONGEST_NAME = 64
const models = new Map<string, Model | undefined>()

/** The model of a program. @param name without its folder, in any case: `rm`, `python3.11`, `CMD.EXE` */
export function modelOf(name: string): Model | undefined {
  if (models.has(name)) return models.get(name)
  if (name.length > LONGEST_NAME) return find(name)
  if (models.size >= REMEMBERED) models.clear()
  const model = find(name)
  models.set(name, model)
  return model
}

function find(name: string): Model | undefined {
  for (const spelling of spellings(name)) {
    const found = TABLES.flatMap(lookup => lookup(spelling) ?? [])
    // It is known for what it runs, and no table tells its files.
    if (found.length === 1 && CHANNELS(spelling) !== undefined) found.push(readArguments)
    if (found.length > 0) return found.length === 1 ? found[0] : together(found)
  }
  return name.startsWith('git-') && isGitCommand(name.slice(4)) ? runGit : undefined
}

/** A subcommand of Git as a program of its own: `/usr/lib/git-core/git-push`. */
const runGit: Model = (call, world) =>
  world.run(['git', call.name.slice(4), ...call.args], { via: call.name, transparent: true, open: call.open })

/** @returns the first output that is known */
function together(found: readonly Model[]): Model {
  return (call, world) => found.reduce<Output>((output, model) => model(call, world) ?? output, undefined)
}

/** The names under which a program may be listed, the exact one first: `python3.11`, `python3`, `python`; `CMD.EXE`, `cmd`. */
function spellings(name: string): readonly string[] {
  const lower = name.toLowerCase()
  const bare = lower.endsWith('.exe') ? lower.slice(0, -4) : lower
  const names = [name, bare]
  if (bare.length > LONGEST_NAME) return names
  for (let end = bare.length; end > 0; end--) {
    const last = bare.charAt(end - 1)
    if (!(last >= '0' && last <= '9') && last !== '.' && last !== '-') break
    names.push(bare.slice(0, end - 1))
  }
  return names
}
