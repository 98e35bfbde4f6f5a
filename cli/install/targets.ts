/** Which agents `install` and `uninstall` are about, and for whom. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { AgentScope } from '../../compiler/protection/agent-files.js'
import { agentFiles } from './locations.js'
import { UsageError } from '../usage-error.js'
import { detectedPlatforms, isPlatform, PLATFORM_NAMES } from './detect.js'
import { here } from './installed-hooks.js'
import type { Target } from './installer.js'

export interface TargetFlags {
  readonly all?: boolean
  readonly scope?: string
  readonly project?: string
}

const SCOPES: readonly AgentScope[] = ['user', 'project', 'managed']

/** @param all what `--all` means */
export function targetOptions(command: Command, all: string): void {
  command
    .argument('[platforms...]', `the agents: ${PLATFORM_NAMES.join(', ')}`)
    .option('--all', all)
    .option('--scope <scope>', "whose settings: `user` (the default), `project`, or `managed`, the administrator's")
    .option('--project <dir>', 'the project, instead of the folder here; implies `--scope project`')
}

/**
 * @param all which agents `--all` means
 * @throws UsageError where the flags do not go together, or there is nobody to do it for
 */
export function targetsOf(platforms: readonly string[], flags: TargetFlags, all: 'found' | 'known'): readonly Target[] {
  const scope = scopeOf(flags)
  const where = here(scope === 'project' ? projectOf(flags.project ?? '.') : undefined)
  const everyone = all === 'known' ? PLATFORM_NAMES : detectedPlatforms(where.home, process.env['PATH'] ?? '')
  const names = flags.all === true ? everyone : platforms
  if (flags.all === true && platforms.length > 0) throw new UsageError('name agents, or say `--all`, not both')
  if (names.length === 0) throw nobody(flags)
  return [...new Set(names)].map(name => {
    if (!isPlatform(name)) throw new UsageError(`unknown agent \`${name}\`, expected one of ${PLATFORM_NAMES.join(', ')}`)
    return { platform: name, scope, where }
  })
}

function nobody({ all }: TargetFlags): UsageError {
  if (all === true) return new UsageError('no agent was found on this machine', `name one of ${PLATFORM_NAMES.join(', ')}`)
  return new UsageError('for which agent?', `name one of ${PLATFORM_NAMES.join(', ')}, or say \`--all\``)
}

function scopeOf({ scope, project }: TargetFlags): AgentScope {
  if (scope === undefined) return project === undefined ? 'user' : 'project'
  const found = SCOPES.find(each => each === scope)
  if (found === undefined) throw new UsageError(`unknown scope \`${scope}\`, expected \`user\`, \`project\` or \`managed\``)
  if (project !== undefined && found !== 'project') throw new UsageError('`--project` goes with `--scope project`')
  return found
}

function projectOf(folder: string): string {
  const path = resolve(folder)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw new UsageError(`there is no folder ${path}`)
  return path
}

/** What people call it. */
export function titleOf({ platform }: Pick<Target, 'platform'>): string {
  return agentFiles(platform)?.title ?? platform
}

/** @throws UsageError where the machine's settings are asked for by somebody who is not its administrator */
export function mustBeAllowed({ scope, where }: Target): void {
  if (scope !== 'managed' || where.system === 'win32' || process.getuid?.() === 0) return
  throw new UsageError("the managed scope is the administrator's", 'run it as root: `sudo agsec --agsec-home /etc/agsec …`')
}

/** Does it for each; one that fails does not keep the others from it. @returns whether all went well */
export function forEachTarget(targets: readonly Target[], err: (text: string) => void, work: (target: Target) => void): boolean {
  if (targets.length === 1) {
    targets.forEach(work)
    return true
  }
  const failed = targets.filter(target => {
    try {
      work(target)
      return false
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      err(`agsec: ${titleOf(target)}: ${error.message}\n${error.help === undefined ? '' : `  help: ${error.help}\n`}`)
      return true
    }
  })
  return failed.length === 0
}
