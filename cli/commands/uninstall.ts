import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { uninstallClaudeCode } from '../install/claude-code.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { settingsOf, type SettingsFlag } from '../settings-file.js'

export function define(command: Command): void {
  examples(command, ['agsec uninstall claude-code', 'agsec uninstall claude-code --project .'])
  command.argument('<platform>', 'the agent: claude-code').option('--project <dir>', 'from the settings of this project')
  runs<SettingsFlag>(command, uninstall)
}

function uninstall(call: Invocation<SettingsFlag>): ExitCode {
  const settings = settingsOf(call)
  const { changed } = uninstallClaudeCode(settings)
  call.out(changed ? `took the hook out of ${settings}: Claude Code no longer asks agsec\n` : `there is no hook of agsec in ${settings}\n`)
  return EXIT.fine
}
