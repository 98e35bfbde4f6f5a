/** Which policy answers `check` and `explain`, and how it is asked. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { AbstractString } from '../runtime/decide/abstract-string.js'
import type { ExplainedStatement } from '../runtime/decide/decider.js'
import { openDecider } from '../runtime/decide/open.js'
import type { Call, ExpandedRequest, Request, Value, ValueMap } from '../runtime/decide/request.js'
import type { Result } from '../runtime/decide/result.js'
import type { BundleApi } from '../runtime/host/bundle.js'
import { isMap } from './asked.js'
import { compilePaths, hasErrors, report } from './compile-paths.js'
import type { Home } from './home.js'
import type { Invocation } from './invocation.js'
import { packagedPolicies } from './package-files.js'
import { UsageError } from './usage-error.js'

export interface PolicyFlags {
  readonly policy?: string
  readonly bundle?: string
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
  if (policy !== undefined && bundle !== undefined) throw new UsageError('`--policy` and `--bundle` exclude each other')
  if (policy !== undefined) return sourceDeciding(call, policy, noIndex)
  if (bundle !== undefined) return bundleDeciding(bundle, noIndex)
  return existsSync(call.home.bundle)
    ? bundleDeciding(call.home.bundle, noIndex)
    : sourceDeciding(call, defaultPolicies(call.home), noIndex)
}

/** The user's policies, else those that come with the package. */
function defaultPolicies(home: Home): string {
  return existsSync(home.policies) ? home.policies : packagedPolicies()
}

function sourceDeciding(call: Invocation<PolicyFlags>, policies: string, noIndex: boolean): Deciding | undefined {
  const { table, diagnostics } = compilePaths([policies], { emit: false })
  // Warnings are for `validate` and `compile`: whoever asks for a decision has asked for nothing else.
  if (table === undefined || hasErrors(diagnostics)) {
    report(call, diagnostics)
    return undefined
  }
  const decider = openDecider(table)
  return { decide: request => decider.decide(request, { noIndex }), explain: request => decider.explain(request) }
}

function bundleDeciding(file: string, noIndex: boolean): Deciding {
  const api = requireBundle(resolve(file))
  return {
    decide: call => api.decideCall(forKernel(call, api), { noIndex }),
    explain: call => api.explain(forKernel(call, api)),
  }
}

const NO_BUNDLE_HELP = 'run `agsec compile`; end the name in `.cjs`, since `.js` may mean an ES module where a `package.json` says so'

/** Loads a bundle as a library. */
export function requireBundle(path: string): BundleApi {
  if (!existsSync(path)) throw new UsageError(`there is no bundle \`${path}\``, 'run `agsec compile`')
  let loaded: unknown
  try {
    loaded = createRequire(import.meta.url)(path)
  } catch (error) {
    throw new UsageError(
      `the bundle \`${path}\` does not load: ${error instanceof Error ? error.message : String(error)}`,
      'run `agsec compile`',
    )
  }
  if (!isMap(loaded) || typeof loaded['decideCall'] !== 'function') throw new UsageError(`\`${path}\` is no agsec bundle`, NO_BUNDLE_HELP)
  // The bundle's own kernel made this; `decideCall` is what tells it from any other module.
  return loaded as unknown as BundleApi
}

/** A bundle knows strings known only in part by its own kernel's class, not by ours. */
export function forKernel(call: Call, api: BundleApi): Call {
  return call.map(each => ({ ...each, request: requestFor(each.request, api), ...realFor(each, api) }))
}

function realFor(each: ExpandedRequest, api: BundleApi): { readonly real?: Request } {
  return each.real === undefined ? {} : { real: requestFor(each.real, api) }
}

function requestFor(request: Request, api: BundleApi): Request {
  return { ...request, params: mapFor(request.params, api), context: mapFor(request.context, api) }
}

function mapFor(map: ValueMap, api: BundleApi): ValueMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, valueFor(value, api)]))
}

function valueFor(value: Value, api: BundleApi): Value {
  if (value instanceof AbstractString) return api.AbstractString.of(value.parts)
  if (isList(value)) return value.map(each => valueFor(each, api))
  return isValueMap(value) ? mapFor(value, api) : value
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

function isValueMap(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof AbstractString)
}
