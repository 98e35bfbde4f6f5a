/** What is in force on this machine, as data: `status` prints it for people and as JSON. */
import { existsSync } from 'node:fs'
import type { LoggedCall } from '../audit/audit-record.js'
import { readLog } from '../audit/log.js'
import { lastBlock, statsOf } from '../audit/stats.js'
import type { Effect } from '../runtime/decide/result.js'
import { KERNEL_VERSION } from '../runtime/decide/version.js'
import { hasErrors } from './compile-paths.js'
import { type EngineStatus, engineStatus } from './engine/engine-status.js'
import type { Home } from './home.js'
import { here, installedHooks, type InstalledHook } from './install/installed-hooks.js'
import { type CompiledLayers, compileHome, filesOf, statementsOf } from './layers/compiled-layers.js'
import { homeLayers } from './layers/layer-folders.js'
import { projectStatus } from './layers/project-status.js'
import { type ModeReading, readMode } from './mode.js'
import { openBundle } from './open-bundle.js'
import { packageVersion } from './package-files.js'
import { UsageError } from './usage-error.js'

export interface StatusReport {
  readonly version: string
  readonly home: string
  readonly mode: ModeReading
  readonly policies: PoliciesStatus
  /** The most general first. */
  readonly layers: readonly LayerStatus[]
  readonly bundle: BundleStatus
  /** The settings files that hold agsec's hook: the user's, and that of the project here. */
  readonly hooks: readonly InstalledHook[]
  /** What runs them; absent where none is installed. */
  readonly engine?: EngineStatus
  readonly audit: AuditStatus
  /** What keeps agsec from working as its owner thinks; each with what to do. */
  readonly problems: readonly Problem[]
}

export interface Problem {
  readonly message: string
  readonly help: string
}

/** Of all layers together. */
export interface PoliciesStatus {
  readonly folder: string
  readonly files: number
  readonly statements: number
  readonly errors: number
}

export interface LayerStatus {
  readonly name: string
  readonly folders: readonly string[]
  readonly files: number
  readonly statements: number
  /** Absent where it writes none. */
  readonly default?: Effect
  /** Of a project's: whether it is trusted, and whether it is in force as it is now. */
  readonly state?: string
}

export type BundleStatus =
  | { readonly state: 'missing'; readonly path: string }
  | { readonly state: 'damaged'; readonly path: string; readonly why: string }
  | {
      readonly state: 'current' | 'stale'
      readonly path: string
      readonly statements: number
      readonly kernelVersion: string
      readonly sourceDigest: string
    }

export interface AuditStatus {
  readonly calls: number
  readonly byDecision: Readonly<Record<string, number>>
  readonly byOutcome: Readonly<Record<string, number>>
  readonly skippedLines: number
  readonly lastBlock?: LoggedCall
}

export function statusReport(home: Home): StatusReport {
  const mode = readMode(home)
  const compiled = compileHome(home)
  const policies = policiesStatus(home, compiled)
  const bundle = bundleStatus(home, compiled.sourceDigest)
  const hooks = installedHooks(here(process.cwd()))
  const engine = hooks.length === 0 ? undefined : engineStatus(home)
  const problems = [
    ...modeProblems(mode),
    ...policyProblems(policies),
    ...bundleProblems(bundle, policies),
    ...engineProblems(home, engine),
  ]
  const rest = { hooks, ...(engine === undefined ? {} : { engine }), audit: auditStatus(home), problems }
  return {
    version: packageVersion(),
    home: home.folder,
    mode,
    policies,
    layers: [...layersStatus(home, compiled), ...projectLayer(home)],
    bundle,
    ...rest,
  }
}

function policiesStatus(home: Home, compiled: CompiledLayers): PoliciesStatus {
  if (filesOf(compiled) === 0 && !existsSync(home.policies)) return { folder: home.policies, files: 0, statements: 0, errors: 0 }
  const errors = compiled.diagnostics.filter(diagnostic => hasErrors([diagnostic])).length
  return { folder: home.policies, files: filesOf(compiled), statements: statementsOf(compiled), errors }
}

function layersStatus(home: Home, { sources, layers }: CompiledLayers): readonly LayerStatus[] {
  const paths = new Map(homeLayers(home).map(layer => [layer.traits.name, layer.paths]))
  return sources.map(({ traits: { name }, sources: files }) => {
    const policy = layers.find(({ traits }) => traits.name === name)?.policy
    const statements = policy?.statements.length ?? 0
    const written = policy?.default === undefined ? {} : { default: policy.default }
    return { name, folders: paths.get(name) ?? [], files: files.length, statements, ...written }
  })
}

/** Of the project here: `status` is run where one works. */
function projectLayer(home: Home): readonly LayerStatus[] {
  const status = projectStatus(home, process.cwd())
  if (status === undefined) return []
  const { folder, files, statements, state } = status
  return [{ name: 'project', folders: [folder], files, statements, state }]
}

function bundleStatus(home: Home, sourceDigest: string | undefined): BundleStatus {
  const path = home.bundle
  if (!existsSync(path)) return { state: 'missing', path }
  try {
    const { info } = openBundle(path)
    const state = info.sourceDigest === sourceDigest && info.kernelVersion === KERNEL_VERSION ? 'current' : 'stale'
    return { state, path, statements: info.statementCount, kernelVersion: info.kernelVersion, sourceDigest: info.sourceDigest }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { state: 'damaged', path, why: error.message }
  }
}

function modeProblems({ unreadable }: ModeReading): readonly Problem[] {
  if (unreadable === undefined) return []
  return [
    {
      message: `the mode file cannot be understood (\`${unreadable}\`), which means enforce`,
      help: 'run `agsec enforce` or `agsec observe`',
    },
  ]
}

function policyProblems({ folder, files, errors }: PoliciesStatus): readonly Problem[] {
  if (files === 0) return [{ message: `there are no policies in ${folder}`, help: 'run `agsec init`' }]
  if (errors === 0) return []
  return [{ message: 'the policies do not compile; the last good bundle stays in force', help: 'run `agsec validate`' }]
}

function bundleProblems(bundle: BundleStatus, { files }: PoliciesStatus): readonly Problem[] {
  // Without policies there is nothing to compile yet; that they are missing is told before, and `agsec init` compiles them.
  if (bundle.state === 'missing' && files === 0) return []
  const help = 'run `agsec compile`'
  switch (bundle.state) {
    case 'missing':
      return [{ message: 'there is no compiled bundle: an installed hook blocks every call', help }]
    case 'damaged':
      return [{ message: `the bundle is damaged: ${bundle.why}; an installed hook blocks every call`, help }]
    case 'stale':
      return [{ message: whyStale(bundle.kernelVersion), help }]
    case 'current':
      return []
  }
}

function engineProblems(home: Home, engine: EngineStatus | undefined): readonly Problem[] {
  if (engine === undefined) return []
  const { kind, program, version } = engine
  if (kind === 'qjs' && !existsSync(home.quickjsBundle)) {
    return [
      { message: 'there is no compiled bundle for QuickJS: an installed hook blocks every call', help: 'run `agsec compile --target qjs`' },
    ]
  }
  if (engine.state === 'as installed') return []
  const help = `run \`agsec install\` with \`--engine ${kind}\` again`
  if (engine.state === 'missing') return [{ message: `the engine ${program} is gone: an installed hook blocks every call`, help }]
  return [{ message: `the engine ${program} is no longer ${kind} ${version}, which passed the conformance suite`, help }]
}

function whyStale(kernelVersion: string): string {
  if (kernelVersion === KERNEL_VERSION)
    return 'the policies have changed since the bundle was compiled; until then the stricter of both decides'
  return `the bundle's kernel is ${kernelVersion}, that of this package ${KERNEL_VERSION}`
}

function auditStatus(home: Home): AuditStatus {
  const { records, skippedLines } = readLog(home.audit)
  const stats = statsOf(records)
  const block = lastBlock(records)
  const counts = { byDecision: byName(stats.byDecision), byOutcome: byName(stats.byOutcome) }
  return { calls: stats.total, ...counts, skippedLines, ...(block === undefined ? {} : { lastBlock: block }) }
}

function byName(counts: readonly { readonly name: string; readonly count: number }[]): Readonly<Record<string, number>> {
  return Object.fromEntries(counts.map(({ name, count }) => [name, count]))
}
