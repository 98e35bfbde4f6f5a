import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { type ChosenEngine, chooseEngine, type EngineFlags } from '../engine/choose.js'
import { writeCodeCache } from '../engine/code-cache.js'
import { type InstalledEngine, noteEngine } from '../engine/installed-engine.js'
import { deriveQuickjsBundle } from '../engine/quickjs-bundle.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { type Home, userHome } from '../home.js'
import type { Floor } from '../export/floor.js'
import { policyFloor } from '../export/policy-floor.js'
import { deadlineProgram, textsFor } from '../install/command-for.js'
import { DEADLINE_S } from '../install/deadline.js'
import { installedAt, installHook, type Installed, type Target, whyNotManaged } from '../install/installer.js'
import { takesFloor } from '../install/floor-files.js'
import { locked } from '../install/lock.js'
import { todoFor, weaknessesOf } from '../install/notes.js'
import { mustBeProtected } from '../install/protected-home.js'
import { forEachTarget, mustBeAllowed, type TargetFlags, targetOptions, targetsOf, titleOf } from '../install/targets.js'
import { tryHook } from '../install/try-hook.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { readMode } from '../mode.js'
import { MODE_MEANING } from '../set-mode.js'
import { UsageError } from '../usage-error.js'

interface InstallFlags extends TargetFlags, EngineFlags {
  readonly fastStart?: boolean
  readonly floor?: boolean
}

export function define(command: Command): void {
  examples(command, [
    'agsec install claude-code codex',
    'agsec install --all --engine auto',
    'agsec install cursor --project .',
    'sudo agsec --agsec-home /etc/agsec install claude-code --scope managed',
  ])
  targetOptions(command, 'every agent that is found on this machine')
  command
    .option('--floor', "deny in the agent's own rules too what these can say (Claude Code managed, Codex, OpenCode)")
    .option('--engine <engine>', 'what runs the hook: `node` (the default), `bun`, `qjs`, or `auto`, the fastest one here that is safe')
    .option('--engine-path <path>', 'where that engine is, instead of on the PATH')
    .option('--fast-start', 'start Node with flags that make a hook sooner done: the default where a slow hook can be ended')
    .option('--no-fast-start', 'start Node without them: `docs/cli.md` tells what they are')
  runs<InstallFlags>(command, install)
}

function install(call: Invocation<InstallFlags>): ExitCode {
  if (!existsSync(call.home.bundle))
    throw new UsageError('there is no compiled policy: the hook would block every call', 'run `agsec init` first')
  mustBeProtected(call.home.folder)
  const targets = targetsOf(call.operands, call.options, 'found')
  targets.forEach(mustBeAllowed)
  const floor = call.options.floor === true ? floorFor(call, targets) : undefined
  const engine = engineFor(call.options)
  const moved = targets.find(target => asksElsewhere(target, call.home))
  if (moved !== undefined) call.confirm({ what: `put ${titleOf(moved)} under the policies of ${call.home.folder}`, word: 'install' })
  if (engine.kind === 'qjs') deriveQuickjsBundle(call.home)
  const done = locked(call.home, () => forEachTarget(targets, call.err, target => installOne(call, target, engine, floor)))
  const noted = noteEngine(call.home, engine)
  for (const remark of [...engine.remarks, ...deadlineRemarks(), ...codeCacheRemarks(call.home, noted)]) call.err(`remark: ${remark}\n`)
  const { mode } = readMode(call.home)
  call.out(`mode: ${mode} (${MODE_MEANING[mode]})\n`)
  return done ? EXIT.fine : EXIT.trouble
}

/**
 * Tables in an order that is known can be filled so that reading a call takes long. What ends such a hook makes a block of that; where
 * nothing does, quick flags are for a person to ask for.
 */
function engineFor(options: InstallFlags): ChosenEngine {
  const engine = chooseEngine(options, options.fastStart ?? (process.platform !== 'win32' && deadlineProgram() !== undefined))
  if (options.fastStart === true && engine.kind !== 'node')
    throw new UsageError('`--fast-start` is for Node', `\`${engine.kind}\` starts fast as it is`)
  return engine
}

/** A hook that is there and asks the policies of another home: ours in its place may loosen what the agent may do. */
function asksElsewhere(target: Target, home: Home): boolean {
  try {
    return installedAt(target).some(({ command }) => command.includes('--agsec-home') && !command.includes(home.folder))
  } catch {
    // What cannot be read cannot be written either, and is told of there.
    return false
  }
}

function installOne({ home, out, err }: Invocation<InstallFlags>, target: Target, engine: ChosenEngine, floor: Floor | undefined): void {
  const texts = { ...textsFor(target, home, engine), ...(floor === undefined ? {} : { floor }) }
  tryOut(target, home, engine)
  const written = installHook(target, home, texts)
  for (const { path, changed } of written) out(changed ? `wrote  ${path}\n` : `${path} has the hook already\n`)
  out(`\n${titleOf(target)} asks agsec before every tool call, on ${engine.kind}\n`)
  for (const todo of todoFor(target.platform, target.scope)) out(`  to do: ${todo}\n`)
  for (const weakness of weaknessesOf(target.platform, target.scope)) out(`  limit: ${weakness}\n`)
  for (const remark of managedRemarks(target, written)) err(`remark: ${remark}\n`)
  out('\n')
}

/** @throws UsageError where an agent has no place for it, or the policies do not compile */
function floorFor(call: Invocation<InstallFlags>, targets: readonly Target[]): Floor {
  const without = targets.find(({ platform, scope }) => !takesFloor(platform, scope))
  if (without !== undefined)
    throw new UsageError(
      `\`--floor\` has no place in the ${without.scope} settings of ${titleOf(without)}`,
      '`agsec export` may print rules for it',
    )
  const floor = policyFloor(call, call.home.policies)
  if (floor === undefined) throw new UsageError('the policies do not compile', 'run `agsec validate`')
  return floor
}

/** With another home, so that the audit log of this one stays as it is. */
function tryOut(target: Target, home: Home, engine: ChosenEngine): void {
  const folder = mkdtempSync(join(tmpdir(), 'agsec-install-'))
  try {
    tryHook(target.platform, textsFor(target, home, engine, folder).command, userHome())
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function managedRemarks({ scope }: Target, written: readonly Installed[]): readonly string[] {
  if (scope !== 'managed') return []
  return written.flatMap(({ path }) => {
    const why = whyNotManaged(path)
    return why === undefined ? [] : [`${path} is not the administrator's alone: ${why}`]
  })
}

function codeCacheRemarks(home: Home, engine: InstalledEngine): readonly string[] {
  const why = writeCodeCache(home.bundle, engine)
  return why === undefined ? [] : [`hooks start later than they could, since there is no code cache: ${why}`]
}

function deadlineRemarks(): readonly string[] {
  if (process.platform === 'win32' || deadlineProgram() !== undefined) return []
  return [
    `there is neither timeout nor perl in /usr/bin: a hook that takes more than ${DEADLINE_S} seconds is left to the agent's own time-out`,
  ]
}
