/** Where agsec's hook is: every platform and scope, for this user and the project here. */
import type { AgentScope, AgentSystem } from '../../compiler/protection/agent-files.js'
import type { PlatformName } from '../../runtime/agents/contract.js'
import { userHome } from '../home.js'
import { UsageError } from '../usage-error.js'
import { PLATFORM_NAMES } from './detect.js'
import { installedAt } from './installer.js'
import type { Whereabouts } from './locations.js'

export interface InstalledHook {
  readonly platform: PlatformName
  readonly scope: AgentScope
  readonly settings: string
  readonly command: string
}

const SCOPES: readonly AgentScope[] = ['managed', 'user', 'project']

/** Nothing else but these three has agents. */
export function ownSystem(): AgentSystem {
  return process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
}

export function here(project?: string): Whereabouts {
  return { system: ownSystem(), home: userHome(), variables: process.env, ...(project === undefined ? {} : { project }) }
}

/** A file that cannot be read holds no hook that the platform would run. */
export function installedHooks(where: Whereabouts): readonly InstalledHook[] {
  const targets = PLATFORM_NAMES.flatMap(platform => SCOPES.map(scope => ({ platform, scope, where })))
  const found = targets.flatMap(target => {
    try {
      return installedAt(target).map(({ path, command }) => ({ platform: target.platform, scope: target.scope, settings: path, command }))
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      return []
    }
  })
  // In the home the user's files are those of the project there too.
  return found.filter(
    ({ settings, platform }, at) => found.findIndex(each => each.settings === settings && each.platform === platform) === at,
  )
}
