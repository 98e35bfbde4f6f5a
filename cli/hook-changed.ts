/**
 * A tool call that came after a policy had changed: the old and the new policy both decide, and the stricter one wins, until a
 * person runs `agsec compile`. An edit can tighten at once and never loosens silently.
 */
import { failure, parseInput } from '../runtime/agents/answer.js'
import type { Adapter, HostFacts, Reply } from '../runtime/agents/contract.js'
import type { Decider } from '../runtime/decide/decider.js'
import { openDecider } from '../runtime/decide/open.js'
import { approvalOf, type Review } from '../runtime/host/approvals.js'
import type { TableFile } from '../runtime/decide/table.js'
import { hostFiles } from '../runtime/host/host-files.js'
import { answerToolCall, recorded, stricter } from '../runtime/host/hook.js'
import { readMode } from '../runtime/host/hook-mode.js'
import { nodeHost } from '../runtime/host/node.js'
import { projectLayers, projectRoot } from '../runtime/host/project-layer.js'
import { filesChanged, readStamp, type SourceStamp } from '../runtime/host/source-stamp.js'
import { hasErrors } from './compile-paths.js'
import type { Home } from './home.js'
import { compileHome, compileStamped } from './layers/compiled-layers.js'
import { homeFolders } from './layers/layer-folders.js'
import { renewProject } from './layers/project-state.js'
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
  const { toolCall } = parsed
  const project = projectInForce(agsec, projectRoot(toolCall.call, nodeHost.platform))
  const { decider, notice } = inForce(bundle, agsec, project.layers)
  const notices = [notice, project.notice].filter(text => text !== undefined).join(' ')
  const approve = (review: Review) => approvalOf(review, nodeHost, agsec.folder)
  const besides = { approve, ...(notices === '' ? {} : { notice: notices }) }
  return recorded(toolCall.adapter, nodeHost, agsec.audit, answerToolCall(decider, toolCall, mode, besides))
}

interface ProjectInForce {
  readonly layers?: Uint8Array | TableFile
  readonly notice?: string
}

/** The layers of the project as they are now. */
function projectInForce(agsec: Home, root: string | undefined): ProjectInForce {
  const compiled = projectLayers(nodeHost, agsec.folder, root)
  if (root === undefined || compiled.isCurrent) return compiled.isCurrent && compiled.table !== undefined ? { layers: compiled.table } : {}
  const { table, notice } = renewProject(agsec, root)
  return { ...(table === undefined ? {} : { layers: table }), ...(notice === undefined ? {} : { notice }) }
}

function inForce(bundle: string, agsec: Home, project: ProjectInForce['layers']): InForce {
  const old = openBundle(bundle, project)
  const stamp = readStamp(nodeHost, bundle)
  if (stamp !== undefined && !filesChanged(nodeHost, stamp) && !hasNewLayer(agsec, stamp)) return { decider: old }
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
  return { decider: both(old, openDecider(compiled.table, project)), notice }
}

/** Whether there is a layer now that the bundle was compiled without. */
function hasNewLayer(agsec: Home, { folders }: SourceStamp): boolean {
  return folders !== undefined && homeFolders(agsec).some(folder => folder !== agsec.policies && !folders.includes(folder))
}

function both(old: Decider, changed: Decider): Decider {
  return {
    info: old.info,
    decide: (call, options) => stricter(old.decide(call, options), changed.decide(call, options)),
    explain: call => changed.explain(call),
  }
}
