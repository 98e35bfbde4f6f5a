import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { homeBundle } from '../bundle-target.js'
import { type ChosenEngine, chooseEngine, type EngineFlags } from '../engine/choose.js'
import { ENGINE_STARTS, type EngineKind, FIXED_HASH_SEED } from '../engine/engine-kind.js'
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

interface InstallFlags extends SettingsFlag, EngineFlags {
  readonly fastStart?: boolean
}

export function define(command: Command): void {
  examples(command, ['agsec install claude-code', 'agsec install claude-code --engine auto', 'agsec install claude-code --project .'])
  command
    .argument('<platform>', 'the agent: claude-code')
    .option('--project <dir>', "only for this project, instead of for all of the user's")
    .option('--engine <engine>', 'what runs the hook: `node` (the default), `bun`, `qjs`, or `auto`, the fastest one here that is safe')
    .option('--engine-path <path>', 'where that engine is, instead of on the PATH')
    .option('--fast-start', 'start Node with the hash seed that it was built with: sooner, at a price that `docs/cli.md` tells')
  runs<InstallFlags>(command, install)
}

function install(call: Invocation<InstallFlags>): ExitCode {
  if (!existsSync(call.home.bundle))
    throw new UsageError('there is no compiled policy: the hook would block every call', 'run `agsec init` first')
  const settings = settingsOf(call)
  const engine = chooseEngine(call.options)
  const flags = startFlags(engine.kind, call.options)
  if (engine.kind === 'qjs') deriveQuickjsBundle(call.home)
  tryOut(call.home, engine, flags)
  const { changed, backup } = installClaudeCode(settings, commandFor(call.home, engine, flags))
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
function tryOut(home: Home, engine: ChosenEngine, flags: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'agsec-install-'))
  try {
    tryHook(commandFor(home, engine, flags, folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What stands between the engine and the bundle. */
function startFlags(kind: EngineKind, { fastStart }: InstallFlags): readonly string[] {
  if (fastStart && kind !== 'node') throw new UsageError('`--fast-start` is for Node', `\`${kind}\` starts fast as it is`)
  return [...ENGINE_STARTS[kind].flags, ...(fastStart ? [FIXED_HASH_SEED] : [])]
}

function commandFor(home: Home, { kind, program }: ChosenEngine, flags: readonly string[], agsecHome: string = home.folder): string {
  const cliScript = join(packageRoot(), 'dist', 'cli', 'main.js')
  if (!existsSync(cliScript)) throw new UsageError(`there is no ${cliScript}, which the hook needs`, 'run `npm run build`')
  return hookCommand({
    engine: [program, ...flags],
    bundle: homeBundle(home, ENGINE_STARTS[kind].target).path,
    agsecHome,
    home: userHome(),
    user: userInfo().username,
    cli: [process.execPath, cliScript],
  })
}
