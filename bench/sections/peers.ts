/** The same policy in every engine, cold and warm. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Built } from '../built.js'
import type { Contender } from '../cold.js'
import { engineContenders } from '../engines.js'
import { ENGINES } from '../engine-programs.js'
import type { Effort } from '../effort.js'
import { type BundledPeer, bundlePeers, loadPeer } from '../peers/bundled.js'
import { guardContender } from '../peers/guard.js'
import { buildRego } from '../peers/opa-build.js'
import { policyYaml } from '../policies.js'
import { joined, type Section } from '../report.js'
import { measurePeersCold } from './peers-cold.js'
import { measurePeersWarm } from './peers-warm.js'

export interface PeerSetting {
  readonly folder: string
  readonly effort: Effort
  readonly withNpm: boolean
  /** The path of the `opa` program. */
  readonly opa: string | undefined
}

/** A peer with the policy of one size in its own form, on disk. */
export interface PeerPolicy {
  readonly peer: BundledPeer
  readonly built: Built
  /** Undefined where the peer's own compiler was cut off. */
  readonly policyPath: string | undefined
  /** What that compiler took, where the peer has one. */
  readonly compileMs?: number
}

export function measurePeers(setting: PeerSetting, built: readonly Built[]): Section {
  const { folder, effort, withNpm, opa } = setting
  const { peers, missing } = bundlePeers(folder, withNpm, opa)
  const written = built.map(each => peers.map(peer => writePolicy(setting, peer, each)))
  const guard = guardContender(withNpm)
  const notes = [...peers.flatMap(({ name, caveat }) => (caveat ? [`${name}: ${caveat}`] : [])), ...missing]
  return joined([
    measurePeersCold(folder, built, written, guard, withNpm ? built.map(each => onFasterEngine(folder, each)) : [], notes, effort),
    measurePeersWarm(written, notes, effort),
    { tables: [], figures: compileFigures(written.flat()) },
  ])
}

const FASTER = ENGINES.filter(({ name }) => name === 'quickjs-ng')

function onFasterEngine(folder: string, { size, policy }: Built): readonly Contender[] {
  return engineContenders(join(folder, `faster-${size}`), policyYaml(policy), FASTER).contenders
}

function writePolicy({ folder, effort, opa }: PeerSetting, peer: BundledPeer, built: Built): PeerPolicy {
  const policyPath = join(folder, `${peer.file}-${built.size}.policy`)
  writeFileSync(policyPath, loadPeer(peer.path).write(built.policy))
  if (peer.compiler === undefined || opa === undefined) return { peer, built, policyPath }
  const compiled = buildRego(opa, policyPath, effort.limitMs)
  return compiled === undefined
    ? { peer, built, policyPath: undefined }
    : { peer, built, policyPath: compiled.wasmPath, compileMs: compiled.compileMs }
}

/** How many times as long as ours each peer's compiler takes. */
function compileFigures(policies: readonly PeerPolicy[]): Section['figures'] {
  const compiled = policies.filter(({ compileMs }) => compileMs !== undefined)
  return Object.fromEntries(
    compiled.map(({ peer, built, compileMs = Number.NaN }) => [`peers.compile.${peer.name}.${built.size}`, compileMs / built.compileMs]),
  )
}
