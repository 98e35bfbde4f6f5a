/** The same policy in every engine, cold and warm. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Built } from '../built.js'
import { runChild } from '../child.js'
import { type ColdFigure, type Contender, measureCold } from '../cold.js'
import type { Effort } from '../effort.js'
import type { Paired } from '../paired.js'
import { type BundledPeer, bundlePeers, loadPeer } from '../peers/bundled.js'
import { installed } from '../peers/installed.js'
import type { WarmPeerTask } from '../peers/warm-child.js'
import { duration, type Figures, type Section, type Table, times } from '../report.js'
import { doNothing, hookContender } from './cold-hook.js'

/** A peer with the policy of one size in its own form, on disk. */
interface PeerPolicy {
  readonly peer: BundledPeer
  readonly built: Built
  readonly policyPath: string
}

export function measurePeers(folder: string, built: readonly Built[], effort: Effort, withNpm: boolean): Section {
  const { peers, missing } = bundlePeers(folder, withNpm)
  const written = built.map(each => peers.map(peer => writePolicy(folder, peer, each)))
  const guard = guardContender(withNpm)
  const cold = coldTable(folder, built, written, typeof guard === 'string' ? [] : [guard], effort)
  const warm = warmTable(written, effort)
  const notes = [...peers.flatMap(({ name, caveat }) => (caveat ? [`${name}: ${caveat}`] : [])), ...missing, OPA]
  const ofGuard =
    typeof guard === 'string' ? guard : `${GUARD.name}: rules of its own, which no size changes; it analyses the shell command too`
  return {
    tables: [
      { ...cold.table, notes: [...cold.notes, ...notes, ofGuard] },
      { ...warm.table, notes: [...warm.notes, ...notes] },
    ],
    figures: { ...cold.figures, ...warm.figures },
  }
}

const OPA = 'OPA is not measured: its WebAssembly needs the `opa` program to compile the policy, and no npm package brings that'

interface Measured {
  readonly table: Table
  readonly figures: Figures
  readonly notes: readonly string[]
}

function writePolicy(folder: string, peer: BundledPeer, built: Built): PeerPolicy {
  const policyPath = join(folder, `${peer.file}-${built.size}.policy`)
  writeFileSync(policyPath, loadPeer(peer.path).write(built.policy))
  return { peer, built, policyPath }
}

function coldTable(
  folder: string,
  built: readonly Built[],
  written: readonly (readonly PeerPolicy[])[],
  others: readonly Contender[],
  effort: Effort,
): Measured {
  const bySize = written.map((policies, i) => {
    const own = built[i] as Built // one list of policies a size
    const contenders = [doNothing(), hookContender(folder, own, 'the agsec hook'), ...policies.map(contenderOf), ...others]
    // From a thousand statements on, some take seconds.
    const rounds = own.size > 1000 ? Math.ceil(effort.coldRounds / 4) : effort.coldRounds
    return measureCold(contenders, rounds, effort.limitMs)
  })
  const figures: Record<string, number> = {}
  bySize.forEach((measured, i) => {
    for (const { name, medianMs } of measured)
      figures[`peers.cold.${name}.${built[i]?.size}`] = medianMs / (measured[1]?.medianMs ?? Number.NaN)
  })
  return {
    figures,
    notes: ['whole process, spawn to exit; each a single minified file, its policy in a file of its own form'],
    table: {
      title: 'Peers, cold: how many times as long as the agsec hook',
      columns: ['engine', ...built.map(({ size }) => `${size} statements`), 'ms at the largest'],
      rows: coldRows(bySize),
    },
  }
}

function coldRows(bySize: readonly (readonly ColdFigure[])[]): readonly (readonly string[])[] {
  const names = bySize[0]?.map(({ name }) => name) ?? []
  return names.map((name, row) => [
    name,
    ...bySize.map(figures => toOurs(figures[row]?.medianMs, figures[1]?.medianMs)),
    bySize.at(-1)?.[row]?.medianMs.toFixed(0) ?? '–',
  ])
}

function toOurs(theirs = Number.NaN, ours = Number.NaN): string {
  return Number.isNaN(theirs) ? 'cut off' : times(theirs / ours)
}

/**
 * A guard with rules of its own, which it finds by analysing the shell command: no translation, and so no decisions to compare but that
 * of an ordinary command. Its hook runs as its installer sets it up.
 */
export const GUARD = { name: 'cc-safety-net', version: '2.4.5' } as const

function guardContender(withNpm: boolean): Contender | string {
  const place = installed(GUARD, withNpm)
  if (place.kind === 'missing') return `${GUARD.name}: ${place.why}`
  const script = join(place.folder, GUARD.name, 'dist/bin/cc-safety-net.js')
  return { name: GUARD.name, command: process.execPath, args: [script, 'hook', '--claude-code'], allows: 0 }
}

function contenderOf({ peer, policyPath }: PeerPolicy): Contender {
  return { name: peer.name, command: process.execPath, args: [peer.path, policyPath], allows: 10 }
}

function warmTable(written: readonly (readonly PeerPolicy[])[], effort: Effort): Measured {
  const figures: Record<string, number> = {}
  const peers = written[0] ?? []
  const rows = peers.map(({ peer }, row) => {
    const measured = written.map(policies => measureWarm(policies[row] as PeerPolicy, effort)) // the same peers at every size
    measured.forEach((paired, i) => {
      if (paired) figures[`peers.warm.${peer.name}.${written[i]?.[row]?.built.size}`] = paired.ratio
    })
    return [peer.name, ...measured.map(paired => (paired ? `${times(paired.ratio)} (${duration(paired.ns)})` : 'cut off'))]
  })
  return {
    figures,
    notes: [
      `each beside agsec in a process of its own, decisions compared first; cut off after ${effort.limitMs / 1000} s, loading included`,
    ],
    table: {
      title: 'Peers, warm: how many times as long as one decision of agsec',
      columns: ['engine', ...written.map(policies => `${policies[0]?.built.size} statements`)],
      rows,
    },
  }
}

/** Undefined where the peer was cut off. */
function measureWarm({ peer, built, policyPath }: PeerPolicy, { warmRounds, warmMs, limitMs }: Effort): Paired | undefined {
  const task: WarmPeerTask = { peerPath: peer.path, policyPath, bundlePath: built.bundlePath, warmRounds, warmMs }
  const { lines } = runChild('peers/warm-child', task, limitMs)
  const [paired] = lines as readonly [(readonly Paired[])?] // what the child prints
  return paired?.[1]
}
