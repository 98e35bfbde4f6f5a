/** Every engine in a running process, each beside ours in a process of its own. */
import { runChild } from '../child.js'
import type { Effort } from '../effort.js'
import type { Paired } from '../paired.js'
import type { WarmPeerTask } from '../peers/warm-child.js'
import { duration, type Section, times } from '../report.js'
import type { PeerPolicy } from './peers.js'

export function measurePeersWarm(written: readonly (readonly PeerPolicy[])[], notes: readonly string[], effort: Effort): Section {
  const figures: Record<string, number> = {}
  const peers = written[0] ?? []
  const rows = peers.map(({ peer }, row) => {
    const measured = written.map(policies => measureWarm(policies[row] as PeerPolicy, effort)) // the same peers at every size
    measured.forEach((paired, i) => {
      if (paired) figures[`peers.warm.${peer.name}.${written[i]?.[row]?.built.size}`] = paired.ratio
    })
    return [peer.name, ...measured.map(paired => (paired ? `${times(paired.ratio)} (${duration(paired.ns)})` : 'cut off'))]
  })
  const how = `each beside agsec in a process of its own, decisions compared first; cut off after ${effort.limitMs / 1000} s, loading included`
  return {
    figures,
    tables: [
      {
        title: 'Peers, warm: how many times as long as one decision of agsec',
        columns: ['engine', ...written.map(policies => `${policies[0]?.built.size} statements`)],
        rows,
        notes: [how, ...notes],
      },
    ],
  }
}

/** Undefined where the peer was cut off. */
function measureWarm({ peer, built, policyPath }: PeerPolicy, { warmRounds, warmMs, limitMs }: Effort): Paired | undefined {
  if (policyPath === undefined) return undefined
  const task: WarmPeerTask = { peerPath: peer.path, policyPath, bundlePath: built.bundlePath, warmRounds, warmMs }
  const { lines } = runChild('peers/warm-child', task, limitMs)
  const [paired] = lines as readonly [(readonly Paired[])?] // what the child prints
  return paired?.[1]
}
