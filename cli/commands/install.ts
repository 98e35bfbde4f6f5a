import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { homeBundle } from '../bundle-target.js'
import { type ChosenEngine, chooseEngine, type EngineFlags } from '../engine/choose.js'
import { ENGINE_STARTS } from '../engine/engine-kind.js'
import { noteEngine } from '../engine/installed-engine.js'
import { deriveQuickjsBundle } from '../engine/quickjs-bundle.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { type Home, userHome } from '../home.js'
import { installClaudeCode } from '../install/claude-code.js'
import { hookCommand } from '../install/hook-command.js'
import { tryHook } from '../install/try-hook.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { readMode } from '../mode.js'
import { packageRoot } from '../package-files.js'
import { MODE_MEANING } from '../set-mode.js'
import { settingsOf, type SettingsFlag } from '../settings-file.js'
import { UsageError } from '../usage-error.js'

type InstallFlags = SettingsFlag & EngineFlags

export function define(command: Command): void {
  examples(command, ['agsec install claude-code', 'agsec install claude-code --engine auto', 'agsec install claude-code --project .'])
  command
    .argument('<platform>', 'the agent: claude-code')
    .option('--project <dir>', "only for this project, instead of for all of the user's")
    .option('--engine <engine>', 'what runs the hook: `node` (the default), `bun`, `qjs`, or `auto`, the fastest one here that is safe')
    .option('--engine-path <path>', 'where that engine is, instead of on the PATH')
  runs<InstallFlags>(command, install)
}

function install(call: Invocation<InstallFlags>): ExitCode {
  if (!existsSync(call.home.bundle))
    throw new UsageError('there is no compiled policy: the hook would block every call', 'run `agsec init` first')
  const settings = settingsOf(call)
  const engine = chooseEngine(call.options)
  if (engine.kind === 'qjs') deriveQuickjsBundle(call.home)
  tryOut(call.home, engine)
  const { changed, backup } = installClaudeCode(settings, commandFor(call.home, engine))
  noteEngine(call.home, engine)
  call.out(changed ? `wrote  ${settings}\n` : `${settings} has the hook already\n`)
  if (backup !== undefined) call.out(`kept   ${backup} (the settings before)\n`)
  for (const remark of engine.remarks) call.err(`remark: ${remark}\n`)
  const { mode } = readMode(call.home)
  call.out(`\nnew Claude Code sessions ask agsec before every tool call, on ${engine.kind}\n`)
  call.out(`mode: ${mode} (${MODE_MEANING[mode]})\n`)
  return EXIT.fine
}

/** With another home, so that the audit log of this one stays as it is. */
function tryOut(home: Home, engine: ChosenEngine): void {
  const folder = mkdtempSync(join(tmpdir(), 'agsec-install-'))
  try {
    tryHook(commandFor(home, engine, folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function commandFor(home: Home, { kind, program }: ChosenEngine, agsecHome: string = home.folder): string {
  const cliScript = join(packageRoot(), 'dist', 'cli', 'main.js')
  if (!existsSync(cliScript)) throw new UsageError(`there is no ${cliScript}, which the hook needs`, 'run `npm run build`')
  const { target, flags } = ENGINE_STARTS[kind]
  return hookCommand({
    engine: [program, ...flags],
    bundle: homeBundle(home, target).path,
    agsecHome,
    home: userHome(),
    user: userInfo().username,
    cli: [process.execPath, cliScript],
  })
}
