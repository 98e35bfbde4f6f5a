/** Every engine as the process that an agent would start for each call. */
import type { Built } from '../built.js'
import { type ColdFigure, type Contender, measureCold } from '../cold.js'
import type { Effort } from '../effort.js'
import { GUARD } from '../peers/guard.js'
import { type Section, times } from '../report.js'
import { doNothing, hookContender } from './cold-hook.js'
import type { PeerPolicy } from './peers.js'

/**
 * @param guard the guard with rules of its own, or why there is none
 * @param faster our own hook on a faster engine, for each size
 */
export function measurePeersCold(
  folder: string,
  built: readonly Built[],
  written: readonly (readonly PeerPolicy[])[],
  guard: Contender | string,
  faster: readonly (readonly Contender[])[],
  notes: readonly string[],
  { coldRounds, limitMs }: Effort,
): Section {
  const others = typeof guard === 'string' ? [] : [guard]
  const bySize = built.map((each, i) => {
    const own = [hookContender(folder, each, 'the agsec hook'), ...(faster[i] ?? []), doNothing()]
    const contenders = [...own, ...(written[i] ?? []).map(contenderOf), ...others]
    // From a thousand statements on, some take seconds.
    return measureCold(contenders, each.size > 1000 ? Math.ceil(coldRounds / 3) : coldRounds, limitMs)
  })
  const ofGuard =
    typeof guard === 'string' ? guard : `${GUARD.name}: rules of its own, which no size changes; it analyses the shell command too`
  return {
    figures: Object.assign({}, ...bySize.map((measured, i) => figuresOf(measured, built[i]?.size))),
    tables: [
      {
        title: 'Peers, cold: how many times as long as the agsec hook',
        columns: ['engine', ...built.map(({ size }) => `${size} statements`), 'ms at the largest'],
        rows: rowsOf(bySize),
        notes: ['whole process, spawn to exit; each a single minified file, its policy in a file of its own form', ...notes, ofGuard],
      },
    ],
  }
}

function contenderOf({ peer, policyPath }: PeerPolicy): Contender {
  return { name: peer.name, command: process.execPath, args: [peer.path, policyPath ?? ''], allows: 10, cutOff: policyPath === undefined }
}

function figuresOf(measured: readonly ColdFigure[], size: number | undefined): Section['figures'] {
  return Object.fromEntries(measured.map(({ name, ratio }) => [`peers.cold.${name}.${size}`, ratio]))
}

function rowsOf(bySize: readonly (readonly ColdFigure[])[]): readonly (readonly string[])[] {
  const names = bySize[0]?.map(({ name }) => name) ?? []
  return names.map((name, row) => [
    name,
    ...bySize.map(figures => shown(figures[row]?.ratio, times)),
    shown(bySize.at(-1)?.[row]?.medianMs, ms => ms.toFixed(0)),
  ])
}

function shown(value: number | undefined, show: (value: number) => string): string {
  return value === undefined || Number.isNaN(value) ? 'cut off' : show(value)
}
