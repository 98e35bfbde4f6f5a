/** The hook on every engine beside the least that a Node hook can be. */
import { type Contender, measureCold } from '../cold.js'
import type { Effort } from '../effort.js'
import { engineContenders } from '../engines.js'
import { benchPolicy, policyYaml } from '../policies.js'
import type { Section } from '../report.js'
import { OTHER_HOOK_INPUT } from '../requests.js'
import { doNothing } from './cold-hook.js'

const STATEMENTS = 100

/** @param folder a new one */
export function measureEngines(folder: string, { coldRounds, limitMs }: Effort): Section {
  const { contenders, missing } = engineContenders(folder, policyYaml(benchPolicy(STATEMENTS)))
  const others = contenders.map((each): Contender => ({ ...each, name: `${each.name}, a file to be read`, input: OTHER_HOOK_INPUT }))
  const [, ...measured] = measureCold([doNothing(), ...contenders, ...others], coldRounds, limitMs)
  const rows = contenders.map(({ name }, i) => {
    const [shell, other] = [measured[i], measured[contenders.length + i]]
    return [name, ...[other, shell].flatMap(one => [one?.ratio.toFixed(2) ?? '–', one?.medianMs.toFixed(1) ?? '–'])]
  })
  return {
    figures: Object.fromEntries(measured.map(({ name, ratio }) => [`engines.${name}`, ratio])),
    tables: [
      {
        title: `The hook on each engine, cold, ${STATEMENTS} statements`,
        columns: ['process', 'a file to be read, to a do-nothing Node hook', 'median ms', 'a shell command', 'median ms'],
        rows,
        notes: missing,
      },
    ],
  }
}
