/** The hook on every engine beside the least that a Node hook can be. */
import { measureCold } from '../cold.js'
import type { Effort } from '../effort.js'
import { engineContenders } from '../engines.js'
import { benchPolicy, policyYaml } from '../policies.js'
import type { Section } from '../report.js'
import { doNothing } from './cold-hook.js'

const STATEMENTS = 100

/** @param folder a new one */
export function measureEngines(folder: string, { coldRounds, limitMs }: Effort): Section {
  const { contenders, missing } = engineContenders(folder, policyYaml(benchPolicy(STATEMENTS)))
  const [, ...measured] = measureCold([doNothing(), ...contenders], coldRounds, limitMs)
  return {
    figures: Object.fromEntries(measured.map(({ ratio }, i) => [`engines.${contenders[i]?.name ?? ''}`, ratio])),
    tables: [
      {
        title: `The hook on each engine, cold, ${STATEMENTS} statements`,
        columns: ['process', 'to a do-nothing Node hook', 'median ms'],
        rows: measured.map(({ name, ratio, medianMs }) => [name, ratio.toFixed(2), medianMs.toFixed(1)]),
        notes: missing,
      },
    ],
  }
}
