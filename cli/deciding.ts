/** Which policy answers `check` and `explain`, and how it is asked. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Decider, DecideOptions, ExplainedStatement } from '../runtime/decide/decider.js'
import type { LayersOptions } from '../compiler/layers/compile-layers.js'
import { openDecider } from '../runtime/decide/open.js'
import type { Call } from '../runtime/decide/request.js'
import type { Result } from '../runtime/decide/result.js'
import { NO_SIGN, signOf } from './file-sign.js'
import { type FollowedBundle, FollowedPolicy } from './followed-policy.js'
import { openBundle, openBundleAnew } from './open-bundle.js'
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
  readonly policy?: readonly string[]
  readonly bundle?: string
  /** A project whose policy decides as well. */
  readonly project?: string
  /** Commander's form of `--no-index`: false where it is given. */
  readonly index?: boolean
}

export interface Deciding {
  /** The first digits of it name the policy in the audit log. */
  readonly sourceDigest: string
  decide(call: Call, options?: Pick<DecideOptions, 'protectionOnly'>): Result
  explain(call: Call): readonly ExplainedStatement[]
}

/** Opens the policy that the flags name; undefined where it does not compile, which has then been reported. */
export function openDeciding(call: Invocation<PolicyFlags>): Deciding | undefined {
  const { policy, bundle, index } = call.options
  const noIndex = index === false
  const project = projectTable(call)
  if (policy !== undefined && bundle !== undefined) throw new UsageError('`--policy` and `--bundle` exclude each other')
  if (policy !== undefined) return sourceDeciding(call, compileUserLayer(policy, UNPROVED), noIndex, project)
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
  return decidingBy(openDecider(table, project), noIndex)
}

function bundleDeciding(file: string, noIndex: boolean, project: Uint8Array | undefined): Deciding {
  return decidingBy(openBundle(resolve(file), project), noIndex)
}

function decidingBy(decider: Decider, noIndex: boolean): Deciding {
  return {
    sourceDigest: decider.info.sourceDigest,
    decide: (call, options) => decider.decide(call, { ...options, noIndex }),
    explain: call => decider.explain(call),
  }
}

/**
 * Opens the policy that the flags name and follows its bundle as that changes; sources are compiled once. Undefined where they do not
 * compile, which has then been reported.
 */
export function followDeciding(call: Invocation<PolicyFlags>): FollowedPolicy | undefined {
  if (call.options.policy !== undefined) return fromSources(call)
  const bundle = followedBundle(call)
  // Where nothing is compiled yet, the sources decide until it is.
  if (call.options.bundle === undefined && bundle.sign === NO_SIGN) return fromSources(call, bundle)
  return new FollowedPolicy(bundle.open(), bundle)
}

function fromSources(call: Invocation<PolicyFlags>, bundle?: FollowedBundle): FollowedPolicy | undefined {
  const deciding = openDeciding(call)
  return deciding && new FollowedPolicy(deciding, bundle)
}

function followedBundle(call: Invocation<PolicyFlags>): FollowedBundle {
  const path = resolve(call.options.bundle ?? call.home.bundle)
  const project = projectTable(call)
  return {
    path,
    sign: signOf(path),
    open: () => decidingBy(openBundleAnew(path, project), call.options.index === false),
    tell: why => call.err(`agsec: the policy that was in force stays so: ${why}\n`),
  }
}
