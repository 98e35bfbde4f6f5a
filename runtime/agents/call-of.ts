/**
 * What a tool call does as the call that a policy decides. A call that does one thing is that request. One that does several is a
 * whole of the action `batch`, which no statement can allow, with a part for each: what no statement allows is then not allowed, whatever
 * else the call does, and what one statement denies is denied.
 */
import type { Call, ExpandedRequest, ValueMap } from '../decide/request.js'
import { expandRequest } from '../shell/expand-request.js'
import { batchOf, besides } from './batch.js'
import type { Draft } from './canonical.js'
import { isFileUrl } from './context.js'
import type { HostFacts } from './contract.js'
import { patches } from './patcher.js'
import { requestOf } from './request-of.js'

/** @param drafts what is done, at least one @param otherwise what else it may be: for statements that deny or review */
export function callOf(tool: string, drafts: readonly Draft[], otherwise: readonly Draft[], context: ValueMap, facts: HostFacts): Call {
  const call = callOfAll(tool, drafts, context, facts)
  if (otherwise.length === 0) return call
  return [...call, ...otherwise.map((draft): ExpandedRequest => ({ role: 'effect', request: requestOf(draft, context, facts) }))]
}

function callOfAll(tool: string, drafts: readonly Draft[], context: ValueMap, facts: HostFacts): Call {
  const all = withFiles(drafts)
  const [only] = all
  if (all.length === 1 && only !== undefined) return memberCall(only, context, facts)
  const calls = all.map(draft => memberCall(draft, context, facts))
  return batchOf(tool, all, calls, context)
}

/** An address of a file is a file that is read. */
function withFiles(drafts: readonly Draft[]): readonly Draft[] {
  const all: Draft[] = []
  for (const draft of drafts) {
    all.push(draft)
    const { url } = draft.params
    if (draft.action === 'web.fetch' && typeof url === 'string' && isFileUrl(url))
      all.push({ action: 'file.read', params: { file_path: url } })
  }
  return all
}

function memberCall(draft: Draft, context: ValueMap, facts: HostFacts): Call {
  const call = expandRequest(requestOf(draft, context, facts), facts)
  return draft.effects !== undefined || patches(call) ? [...call, ...besides(draft, call, facts)] : call
}
