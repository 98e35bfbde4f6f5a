/** Which policy answers `check` and `explain`, and how it is asked. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Decider, DecideOptions, ExplainedStatement } from '../runtime/decide/decider.js'
import { openDecider } from '../runtime/decide/open.js'
import type { Call } from '../runtime/decide/request.js'
import type { Result } from '../runtime/decide/result.js'
import { NO_SIGN, signOf } from './file-sign.js'
import { type FollowedBundle, FollowedPolicy } from './followed-policy.js'
import type * as compiledHere from './compiled-here.js'
import { openBundle, openBundleAnew } from './open-bundle.js'
import type { Invocation } from './invocation.js'
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
export async function openDeciding(call: Invocation<PolicyFlags>): Promise<Deciding | undefined> {
  const { policy, bundle, index } = call.options
  const noIndex = index === false
  const project = await projectTable(call)
  if (policy !== undefined && bundle !== undefined) throw new UsageError('`--policy` and `--bundle` exclude each other')
  const file = bundle ?? (existsSync(call.home.bundle) ? call.home.bundle : undefined)
  if (policy === undefined && file !== undefined) return bundleDeciding(file, noIndex, project)
  const table = (await compiling()).policyTable(call, policy)
  return table && decidingBy(openDecider(table, project), noIndex)
}

async function projectTable(call: Invocation<PolicyFlags>): Promise<Uint8Array | undefined> {
  const { project } = call.options
  return project === undefined ? undefined : (await compiling()).projectTable(call.home, project)
}

/** The compiler is most of what there is to load, and who has a bundle does not need it. */
function compiling(): Promise<typeof compiledHere> {
  return import('./compiled-here.js')
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
export async function followDeciding(call: Invocation<PolicyFlags>): Promise<FollowedPolicy | undefined> {
  if (call.options.policy !== undefined) return fromSources(call)
  const bundle = await followedBundle(call)
  // Where nothing is compiled yet, the sources decide until it is.
  if (call.options.bundle === undefined && bundle.sign === NO_SIGN) return fromSources(call, bundle)
  return new FollowedPolicy(bundle.open(), bundle)
}

async function fromSources(call: Invocation<PolicyFlags>, bundle?: FollowedBundle): Promise<FollowedPolicy | undefined> {
  const deciding = await openDeciding(call)
  return deciding && new FollowedPolicy(deciding, bundle)
}

async function followedBundle(call: Invocation<PolicyFlags>): Promise<FollowedBundle> {
  const path = resolve(call.options.bundle ?? call.home.bundle)
  const project = await projectTable(call)
  return {
    path,
    sign: signOf(path),
    open: () => decidingBy(openBundleAnew(path, project), call.options.index === false),
    tell: why => call.err(`agsec: the policy that was in force stays so: ${why}\n`),
  }
}
