/** What a bundle gives to code that loads it. */
import { AbstractString } from '../decide/abstract-string.js'
import { checkRequest, wholeCall } from '../decide/check-request.js'
import type { DecideOptions, Decider, ExplainedStatement, PolicyInfo } from '../decide/decider.js'
import type { Call } from '../decide/request.js'
import type { Result } from '../decide/result.js'
import { type EmbeddedPolicy, embedded } from './embedded.js'

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

export function apiOf(decider: Decider): BundleApi {
  return {
    info: decider.info,
    decide: request => decider.decide(wholeCall(checkRequest(request))),
    decideCall: (call, options) => decider.decide(call, options),
    explain: call => decider.explain(call),
    AbstractString,
    embedded: embedded(decider),
  }
}
