/** The hook on every engine, for the table of cold starts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleFor } from '../cli/bundle-target.js'
import { writeBundle } from '../cli/bundle-files.js'
import { type CompiledLayers, compileUserLayer } from '../cli/layers/compiled-layers.js'
import { lacksCodeCache, writeCodeCache } from '../cli/engine/code-cache.js'
import { quickFlagsOf } from '../cli/engine/choose.js'
import { ENGINE_STARTS } from '../cli/engine/engine-kind.js'
import { identifyEngine } from '../cli/engine/identify.js'
import type { InstalledEngine } from '../cli/engine/installed-engine.js'
import { writeStamp } from '../cli/stamp.js'
import type { Contender } from './cold.js'
import { type Engine, ENGINES } from './engine-programs.js'

export interface EngineContenders {
  readonly contenders: readonly Contender[]
  /** The engines that cannot be had here, and why, for people. */
  readonly missing: readonly string[]
}

/**
 * The hook with one policy on each engine, started as `install` has it, everything included but the shell command around it. Engines are
 * installed or built into a cache on first use, which takes a minute.
 * @param folder a new folder, for the policy, its bundles and the audit log
 */
export function engineContenders(folder: string, policyText: string, engines = ENGINES): EngineContenders {
  const compiled = compiledPolicy(join(folder, 'policies'), policyText)
  const home = join(folder, 'home')
  const facts = ['--agsec-home', home, '--home', folder, '--user', 'u', '--cli', process.execPath, '/nonexistent']
  const contenders: Contender[] = []
  const missing: string[] = []
  for (const engine of engines) {
    const command = programOf(engine)
    if (typeof command !== 'string') missing.push(`${engine.name} cannot be had: ${command.message}`)
    else {
      const flags = [...ENGINE_STARTS[engine.kind].flags, ...quickFlagsOf(engine.kind, command)]
      const bundle = bundleOf(engine, { program: command, flags }, compiled, join(folder, engine.name))
      const args = [...flags, bundle, 'hook', 'claude-code', ...facts]
      contenders.push({ name: `agsec hook on ${engine.name}`, command, args, allows: 10 })
    }
  }
  return { contenders, missing }
}

/** An engine needs npm, and QuickJS a compiler: the bench does without. */
function programOf({ program }: Engine): string | Error {
  try {
    return program()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function compiledPolicy(folder: string, policyText: string): CompiledLayers {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'policy.yaml'), policyText)
  return compileUserLayer([folder], { protection: [] })
}

/** As `agsec install` leaves it, stamp and code cache included: the hook is measured with its look at the sources. */
function bundleOf({ kind }: Engine, start: Pick<InstalledEngine, 'program' | 'flags'>, compiled: CompiledLayers, folder: string): string {
  const { target } = ENGINE_STARTS[kind]
  const path = join(folder, 'policy.bundle.cjs')
  const bundle = bundleFor(target, compiled)
  if (bundle === undefined) throw new Error(compiled.diagnostics[0]?.message)
  mkdirSync(folder, { recursive: true })
  writeBundle(path, bundle)
  writeStamp(path, compiled.sourceDigest, compiled.sourceFiles)
  const { version } = identifyEngine(start.program)
  const why = lacksCodeCache(path, { kind, version }) ? writeCodeCache(path, { kind, ...start }) : undefined
  if (why !== undefined) throw new Error(why)
  return path
}
