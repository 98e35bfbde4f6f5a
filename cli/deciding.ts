/** Which policy answers `check` and `explain`, and how it is asked. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ExplainedStatement } from '../runtime/decide/decider.js'
import type { LayersOptions } from '../compiler/layers/compile-layers.js'
import { openDecider } from '../runtime/decide/open.js'
import type { Call } from '../runtime/decide/request.js'
import type { Result } from '../runtime/decide/result.js'
import { openBundle } from './open-bundle.js'
import { hasErrors, report } from './compile-paths.js'
import type { Home } from './home.js'
import type { Invocation } from './invocation.js'
import { type CompiledLayers, compileHome, compileUserLayer } from './layers/compiled-layers.js'
import { compileProject } from './layers/compile-project.js'
import { projectAt } from './layers/trust-project.js'
import { isTrusted } from './layers/trusted-projects.js'
import { packagedPolicies } from './package-files.js'
import { UsageError } from './usage-error.js'

export interface PolicyFlags {
  readonly policy?: string
  readonly bundle?: string
  /** A project whose policy decides as well. */
  readonly project?: string
  /** Commander's form of `--no-index`: false where it is given. */
  readonly index?: boolean
}

export interface Deciding {
  decide(call: Call): Result
  explain(call: Call): readonly ExplainedStatement[]
}

/** Opens the policy that the flags name; undefined where it does not compile, which has then been reported. */
export function openDeciding(call: Invocation<PolicyFlags>): Deciding | undefined {
  const { policy, bundle, index } = call.options
  const noIndex = index === false
  const project = projectTable(call)
  if (policy !== undefined && bundle !== undefined) throw new UsageError('`--policy` and `--bundle` exclude each other')
  if (policy !== undefined) return sourceDeciding(call, compileUserLayer([policy], UNPROVED), noIndex, project)
  if (bundle !== undefined) return bundleDeciding(bundle, noIndex, project)
  return existsSync(call.home.bundle)
    ? bundleDeciding(call.home.bundle, noIndex, project)
    : sourceDeciding(call, defaultPolicies(call.home), noIndex, project)
}

/** The layer of the project that the flags name, as its hooks would have it if they saw it for the first time. */
function projectTable({ home, options: { project } }: Invocation<PolicyFlags>): Uint8Array | undefined {
  if (project === undefined) return undefined
  const root = projectAt(project)
  const compiled = compileProject(root, digest => isTrusted(home, root, digest))
  if (compiled.kind === 'compiled') return compiled.table
  if (compiled.kind === 'none') throw new UsageError(`\`${root}\` has no policy`, 'a project has its policy in `.agsec/policies`')
  throw new UsageError(`the policy of \`${root}\` is not known: ${compiled.why}`, `run \`agsec validate ${project}/.agsec/policies\``)
}

/** A table that nobody keeps is not proved: to do so takes as long as to make it, and whoever compiles one to keep does. */
const UNPROVED: LayersOptions = { verify: false }

/** The user's policies, else those that come with the package; under those of the administrator. */
function defaultPolicies(home: Home): CompiledLayers {
  return compileHome(home, UNPROVED, existsSync(home.policies) ? undefined : [packagedPolicies()])
}

function sourceDeciding(
  call: Invocation<PolicyFlags>,
  { table, diagnostics }: CompiledLayers,
  noIndex: boolean,
  project: Uint8Array | undefined,
): Deciding | undefined {
  // Warnings are for `validate` and `compile`: whoever asks for a decision has asked for nothing else.
  if (table === undefined || hasErrors(diagnostics)) {
    report(call, diagnostics)
    return undefined
  }
  const decider = openDecider(table, project)
  return { decide: request => decider.decide(request, { noIndex }), explain: request => decider.explain(request) }
}

function bundleDeciding(file: string, noIndex: boolean, project: Uint8Array | undefined): Deciding {
  const decider = openBundle(resolve(file), project)
  return { decide: call => decider.decide(call, { noIndex }), explain: call => decider.explain(call) }
}
