/** Which engine a hook shall run on: one that the agent cannot replace and that decides as the language says. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, realpathSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { loadKernel } from '../../compiler/emit/kernel.js'
import { firstFailure, runOnKernel } from '../conformance/run-suite.js'
import { packagedSuite } from '../conformance/suite.js'
import { UsageError } from '../usage-error.js'
import { ENGINE_STARTS, type EngineKind, QUICK_FLAGS } from './engine-kind.js'
import { identifyEngine } from './identify.js'
import { whyReplaceable } from './trusted-path.js'

export interface ChosenEngine {
  readonly kind: EngineKind
  /** The absolute path of the program itself. */
  readonly program: string
  readonly version: string
  /** What has to stand between it and the bundle. */
  readonly flags: readonly string[]
  /** What makes a hook on it sooner done, and what it can do without: see `QUICK_FLAGS`. */
  readonly quickFlags: readonly string[]
  /** What the person who installs should know. */
  readonly remarks: readonly string[]
}

export interface EngineFlags {
  readonly engine?: string
  readonly enginePath?: string
}

/** The engines that start faster than our own, the fastest first. */
export const FASTER: readonly EngineKind[] = ['qjs']

/**
 * @param quick whether hooks shall start with the flags that make them sooner done
 * @throws UsageError where the engine that was asked for cannot be had, is not safe or does not pass
 */
export function chooseEngine({ engine, enginePath }: EngineFlags, quick: boolean): ChosenEngine {
  // Whoever asks for nothing gets what runs `agsec` already, and need not hear what that is worth.
  if (engine === undefined && enginePath === undefined) return { ...ownNode(quick), remarks: [] }
  if (engine === undefined) throw new UsageError('`--engine-path` goes with `--engine`')
  if (engine === 'auto') {
    if (enginePath !== undefined) throw new UsageError('`--engine auto` looks for an engine; with `--engine-path` say which it is')
    return fastest(quick)
  }
  const kind = kindNamed(engine)
  if (kind === 'node' && enginePath === undefined) return ownNode(quick)
  const program = enginePath ?? presentEngine(kind)
  if (program === undefined) throw new UsageError(`there is no \`${kind}\` on the PATH`, 'name it by `--engine-path`')
  return checked(kind, program, quick)
}

/** The first set of flags that the program takes: it ends with an error where it does not know one. */
export function quickFlagsOf(kind: EngineKind, program: string): readonly string[] {
  if (kind !== 'node') return []
  return QUICK_FLAGS.find(flags => spawnSync(program, [...flags, '-e', '0'], { env: {}, cwd: '/', stdio: 'ignore' }).status === 0) ?? []
}

/** The engine that is on the PATH under its own name, and safe; whether it passes is not known yet. */
export function presentEngine(kind: EngineKind): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  return folders.map(folder => join(folder, kind)).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function fastest(quick: boolean): ChosenEngine {
  const remarks: string[] = []
  for (const kind of FASTER) {
    const program = presentEngine(kind)
    if (program === undefined) continue
    try {
      return { ...checked(kind, program, quick), remarks }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      remarks.push(`${kind} is not taken: ${error.message}`)
    }
  }
  const node = ownNode(quick)
  return { ...node, remarks: [...remarks, ...node.remarks] }
}

/** The Node that runs the command line. It may well be the user's own: it has to do where there is nothing else. */
function ownNode(quick: boolean): ChosenEngine {
  const program = process.execPath
  const why = whyReplaceable(realpathSync(program))
  const remarks = why === undefined ? [] : [`Node can be replaced by whoever may write it: ${why}`]
  return passed('node', program, quick, remarks)
}

function checked(kind: EngineKind, path: string, quick: boolean): ChosenEngine {
  if (!isAbsolute(path)) throw new UsageError(`\`${path}\` is no absolute path`, 'an engine is named by its absolute path')
  if (!isProgram(path)) throw new UsageError(`there is no program \`${path}\``)
  const program = realpathSync(path)
  const why = whyReplaceable(program)
  if (why !== undefined) {
    throw new UsageError(`an agent could replace \`${program}\`: ${why}`, 'install the engine where only the system can write')
  }
  return passed(kind, program, quick, [])
}

/** An engine that decides every case of the conformance suite as the language says, started as hooks will be. */
function passed(kind: EngineKind, program: string, quick: boolean, remarks: readonly string[]): ChosenEngine {
  const found = identifyEngine(program)
  if (found.kind !== kind) throw new UsageError(`\`${program}\` is ${found.kind} ${found.version}, not \`${kind}\``)
  const { target, flags } = ENGINE_STARTS[kind]
  const quickFlags = quick ? quickFlagsOf(kind, program) : []
  const outcomes = runOnKernel(packagedSuite(), { engine: [program, ...flags, ...quickFlags], target, kernel: loadKernel(target).text })
  const failure = firstFailure(outcomes)
  if (failure !== undefined) {
    throw new UsageError(`${kind} ${found.version} fails the conformance suite: ${failure}`, 'take another version, or `--engine node`')
  }
  return { kind, program, version: found.version, flags, quickFlags, remarks }
}

function kindNamed(engine: string): EngineKind {
  const kind = Object.keys(ENGINE_STARTS).find(name => name === engine)
  if (kind === undefined) throw new UsageError(`unknown engine \`${engine}\`, expected \`auto\`, \`node\`, \`bun\` or \`qjs\``)
  return kind as EngineKind // a key of the table
}
