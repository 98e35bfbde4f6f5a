import { resolve } from 'node:path'
import { PLATFORMS } from './asked.js'
import { userHome } from './home.js'
import { claudeSettings } from './install/claude-code.js'
import type { Invocation } from './invocation.js'
import { UsageError } from './usage-error.js'

export interface SettingsFlag {
  readonly project?: string
}

/** The settings file that `install` and `uninstall` are about: the user's, or that of a project. */
export function settingsOf(call: Invocation<SettingsFlag>): string {
  const [platform = ''] = call.operands
  if (!PLATFORMS.some(known => known === platform))
    throw new UsageError(`unknown agent \`${platform}\`, expected \`${PLATFORMS.join('` or `')}\``)
  return claudeSettings(call.options.project === undefined ? userHome() : resolve(call.options.project))
}
