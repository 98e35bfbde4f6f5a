/** The entry of a bundle for Node, Bun and Deno: a library where it is required, the hook where it is executed. */
import { AbstractString } from '../decide/abstract-string.js'
import { checkRequest, wholeCall } from '../decide/check-request.js'
import type { DecideOptions, Decider, ExplainedStatement, PolicyInfo } from '../decide/decider.js'
import { openDecider } from '../decide/open.js'
import type { Call } from '../decide/request.js'
import type { Result } from '../decide/result.js'
import type { DataPlace } from '../decide/table.js'
import { findData } from './data-file.js'
import { type EmbeddedPolicy, embedded } from './embedded.js'
import { runHook } from './hook.js'
import { nodeHost } from './node.js'

/** What `require` of a bundle gives. */
export interface BundleApi {
  readonly info: PolicyInfo
  /** Decides one request `{ action, params?, context? }` as it is, without expansion. Throws where it is no request. */
  decide(request: unknown): Result
  /** Decides an expanded call. */
  decideCall(call: Call, options?: DecideOptions): Result
  /** Every statement about the request's action and how each of its tests came out. */
  explain(call: Call): readonly ExplainedStatement[]
  readonly AbstractString: typeof AbstractString
  /** For `createGuard`. */
  readonly embedded: EmbeddedPolicy
}

/** The CommonJS names that a bundle passes to its kernel. */
export interface BundleModule {
  readonly module: { exports: unknown }
  readonly folder: string
  readonly isMain: boolean
}

export function startBundle(place: DataPlace, { module, folder, isMain }: BundleModule): void {
  const table = findData(nodeHost, folder, place)
  if (isMain) nodeHost.exit(runHook(project => openDecider(table(), project), nodeHost))
  else module.exports = apiOf(openDecider(table()))
}

function apiOf(decider: Decider): BundleApi {
  return {
    info: decider.info,
    decide: request => decider.decide(wholeCall(checkRequest(request))),
    decideCall: (call, options) => decider.decide(call, options),
    explain: call => decider.explain(call),
    AbstractString,
    embedded: embedded(decider),
  }
}
