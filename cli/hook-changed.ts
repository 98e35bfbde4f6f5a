/**
 * A tool call that came after a policy had changed: the old and the new policy both decide, and the stricter one wins, until a
 * person runs `agsec compile`. An edit can tighten at once and never loosens silently.
 */
import { failure, parseInput } from '../runtime/agents/answer.js'
import type { Adapter, HostFacts, Reply } from '../runtime/agents/contract.js'
import type { Decider } from '../runtime/decide/decider.js'
import { openDecider } from '../runtime/decide/open.js'
import { approvalOf, type Review } from '../runtime/host/approvals.js'
import { hostFiles } from '../runtime/host/host-files.js'
import { answerToolCall, readMode, recorded, stricter } from '../runtime/host/hook.js'
import { nodeHost } from '../runtime/host/node.js'
import { readStamp } from '../runtime/host/source-stamp.js'
import { hasErrors } from './compile-paths.js'
import type { Home } from './home.js'
import { compileHome, compileStamped } from './layers/compiled-layers.js'
import { openBundle } from './open-bundle.js'
import { writeStamp } from './stamp.js'

export interface ChangedCall {
  readonly adapter: Adapter
  readonly bundle: string
  readonly agsec: Home
  readonly facts: Omit<HostFacts, 'mode' | 'realPath' | 'files'>
  /** What the platform wrote to the hook. */
  readonly input: string
}

/** A policy to decide with, and what the user should know of it. */
interface InForce {
  readonly decider: Decider
  readonly notice?: string
}

export function answerChanged({ adapter, bundle, agsec, facts, input }: ChangedCall): Reply {
  const mode = readMode(nodeHost, agsec.folder)
  const parsed = parseInput(adapter, input, { ...facts, mode, realPath: path => nodeHost.realPath(path), files: hostFiles(nodeHost) })
  if (parsed.kind === 'invalid') return failure(adapter, parsed.why)
  const { decider, notice } = inForce(bundle, agsec)
  const approve = (review: Review) => approvalOf(review, nodeHost, agsec.folder)
  const besides = { approve, ...(notice === undefined ? {} : { notice }) }
  return recorded(parsed.toolCall.adapter, nodeHost, agsec.audit, answerToolCall(decider, parsed.toolCall, mode, besides))
}

function inForce(bundle: string, agsec: Home): InForce {
  const old = openBundle(bundle)
  const stamp = readStamp(nodeHost, bundle)
  const compiled = stamp === undefined ? compileHome(agsec) : compileStamped(agsec, stamp)
  if (compiled.table === undefined || hasErrors(compiled.diagnostics)) {
    return {
      decider: old,
      notice: 'agsec: the policies have changed and do not compile; the last good ones are in force. Run `agsec validate`.',
    }
  }
  if (compiled.sourceDigest === old.info.sourceDigest) {
    // Touched, not changed: the next call need not come this way.
    writeStamp(bundle, compiled.sourceDigest, compiled.sourceFiles)
    return { decider: old }
  }
  const notice = 'agsec: the policies have changed; until `agsec compile` is run the stricter of old and new decides.'
  return { decider: both(old, openDecider(compiled.table)), notice }
}

function both(old: Decider, changed: Decider): Decider {
  return {
    info: old.info,
    decide: (call, options) => stricter(old.decide(call, options), changed.decide(call, options)),
    explain: call => changed.explain(call),
  }
}
