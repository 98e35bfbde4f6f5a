/** The command that is installed for a platform, with everything that is fixed at that time. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { adapterOf } from '../../runtime/agents/adapters.js'
import type { Adapter } from '../../runtime/agents/contract.js'
import { homeBundle } from '../bundle-target.js'
import type { ChosenEngine } from '../engine/choose.js'
import { ENGINE_STARTS } from '../engine/engine-kind.js'
import { whyReplaceable } from '../engine/trusted-path.js'
import { type Home, userHome } from '../home.js'
import { packageRoot } from '../package-files.js'
import { UsageError } from '../usage-error.js'
import type { HookTexts } from './entry.js'
import { DEADLINE_PROGRAMS, hookCommand, type HookPaths } from './hook-command.js'
import type { Target } from './installer.js'
import { digestOf } from './records.js'
import { windowsCommand } from './windows-command.js'

/** @param agsecHome the folder that the hook shall use; another one for a trial */
export function textsFor(target: Target, home: Home, engine: ChosenEngine, agsecHome = home.folder): HookTexts {
  const adapter = adapterFor(target)
  const paths = hookPaths(target, home, engine, agsecHome)
  const { system } = target.where
  const command = system === 'win32' ? windowsCommand(paths, adapter) : hookCommand(paths, adapter)
  return { system, scope: target.scope, command, allow: adapter.exits.allow, token: machineToken() }
}

/** The same at every installation on this machine, and not to be guessed anywhere else. */
function machineToken(): string {
  const id = ['/etc/machine-id', '/var/lib/dbus/machine-id'].find(path => existsSync(path))
  const secret = id === undefined ? '' : readFileSync(id, 'utf8')
  return digestOf(Buffer.from(`${secret} ${hostname()} ${userHome()} ${statSync(userHome()).ino}`, 'utf8')).slice(0, 12)
}

function adapterFor({ platform }: Target): Adapter {
  const adapter = adapterOf(platform)
  if (adapter === undefined) throw new UsageError(`agsec does not understand the calls of ${platform} yet`)
  return adapter
}

function hookPaths({ scope }: Target, home: Home, engine: ChosenEngine, agsecHome: string): HookPaths {
  const cliScript = join(packageRoot(), 'dist', 'bin', 'agsec.js')
  if (!existsSync(cliScript)) throw new UsageError(`there is no ${cliScript}, which the hook needs`, 'run `npm run build`')
  const { path: bundle } = homeBundle(home, ENGINE_STARTS[engine.kind].target)
  const deadline = deadlineProgram()
  const managed = scope === 'managed'
  if (managed) mustBeForAll([...bundleFiles(bundle), engine.program, cliScript])
  return {
    engine: [engine.program, ...engine.flags],
    quickFlags: engine.quickFlags,
    bundle,
    agsecHome,
    home: managed ? undefined : userHome(),
    user: managed ? undefined : userInfo().username,
    cli: [process.execPath, cliScript],
    ...(deadline === undefined ? {} : { deadline }),
  }
}

/** What ends a hook that takes too long: a program of the system's that nobody else can replace. */
export function deadlineProgram(): readonly string[] | undefined {
  return DEADLINE_PROGRAMS.find(([program]) => existsSync(program) && whyReplaceable(program) === undefined)
}

/** The bundle and the parts of it that lie beside it. */
function bundleFiles(bundle: string): readonly string[] {
  const folder = dirname(bundle)
  const parts = readdirSync(folder, { withFileTypes: true }).filter(each => each.isFile() && each.name.startsWith('policy'))
  return parts.map(({ name }) => join(folder, name))
}

/** @throws UsageError where the hook of all users would find a file that only some can read */
function mustBeForAll(paths: readonly string[]): void {
  for (const path of paths) {
    const place = closedPlace(path)
    if (place === undefined) continue
    const needed = place === path ? '' : `, but the hook of all users needs ${path}`
    throw new UsageError(
      `${place} cannot be read by everybody${needed}`,
      'use a folder for all, as in `umask 022; agsec --agsec-home /etc/agsec init`, and a Node that lies where everybody may read',
    )
  }
}

const READABLE_BY_ALL = 0o004
const PASSABLE_BY_ALL = 0o001

function closedPlace(path: string): string | undefined {
  if (process.platform === 'win32') return undefined
  if ((statSync(path).mode & READABLE_BY_ALL) === 0) return path
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & PASSABLE_BY_ALL) === 0) return folder
    if (dirname(folder) === folder) return undefined
  }
}
