import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { type Home, userHome } from '../home.js'
import { installClaudeCode } from '../install/claude-code.js'
import { hookCommand } from '../install/hook-command.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { readMode } from '../mode.js'
import { packageRoot } from '../package-files.js'
import { MODE_MEANING } from '../set-mode.js'
import { settingsOf, type SettingsFlag } from '../settings-file.js'
import { UsageError } from '../usage-error.js'

export function define(command: Command): void {
  examples(command, ['agsec install claude-code', 'agsec install claude-code --project .'])
  command
    .argument('<platform>', 'the agent: claude-code')
    .option('--project <dir>', "only for this project, instead of for all of the user's")
  runs<SettingsFlag>(command, install)
}

function install(call: Invocation<SettingsFlag>): ExitCode {
  const settings = settingsOf(call)
  const { changed, backup } = installClaudeCode(settings, commandFor(call.home))
  call.out(changed ? `wrote  ${settings}\n` : `${settings} has the hook already\n`)
  if (backup !== undefined) call.out(`kept   ${backup} (the settings before)\n`)
  const { mode } = readMode(call.home)
  call.out(`\nnew Claude Code sessions ask agsec before every tool call\nmode: ${mode} (${MODE_MEANING[mode]})\n`)
  return EXIT.fine
}

function commandFor(home: Home): string {
  if (!existsSync(home.bundle))
    throw new UsageError('there is no compiled policy: the hook would block every call', 'run `agsec init` first')
  const cliScript = join(packageRoot(), 'dist', 'cli', 'main.js')
  if (!existsSync(cliScript)) throw new UsageError(`there is no ${cliScript}, which the hook needs`, 'run `npm run build`')
  const paths = {
    engine: [process.execPath] as const,
    bundle: home.bundle,
    agsecHome: home.folder,
    home: userHome(),
    user: userInfo().username,
    cli: [process.execPath, cliScript] as const,
  }
  return hookCommand(paths)
}
