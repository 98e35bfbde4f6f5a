/**
 * Machines that were compiled when the package was built: those of the built-in statements, which come with every policy and have
 * more states than most policies. What is compiled from them is proved at every compile, like all else.
 */
import { readPackageFile } from '../package-root.js'
import type { Machine } from './machine.js'

export const PREBUILT_FILE = 'dist/prebuilt-machines.json'

interface Packed {
  readonly classes: readonly (readonly number[])[]
  readonly stateCount: number
  readonly transitions: readonly number[]
  readonly accepting: readonly number[]
}

let prebuilt: ReadonlyMap<string, Packed> | undefined

/** @param key the pattern's, as `PatternPool` has it */
export function prebuiltMachine(key: string): Machine | undefined {
  const packed = (prebuilt ??= readPrebuilt()).get(key)
  return packed === undefined ? undefined : unpacked(packed)
}

/** None where the package is being built. */
function readPrebuilt(): ReadonlyMap<string, Packed> {
  try {
    return new Map(JSON.parse(readPackageFile(PREBUILT_FILE)) as readonly [string, Packed][]) // written by `packed`
  } catch {
    return new Map()
  }
}

function unpacked({ classes, stateCount, transitions, accepting }: Packed): Machine {
  const ranges = (ends: readonly number[]) => ends.flatMap((from, i) => (i % 2 === 0 ? [{ from, to: ends[i + 1] ?? from }] : []))
  const automaton = {
    classes: classes.map(ranges),
    stateCount,
    transitions: Uint32Array.from(transitions),
    accepting: Uint8Array.from(accepting),
  }
  return { kind: 'automaton', automaton }
}

/** As JSON; undefined for what is no automaton. */
export function packed(machine: Machine): Packed | undefined {
  if (machine.kind !== 'automaton') return undefined
  const { classes, stateCount, transitions, accepting } = machine.automaton
  return {
    classes: classes.map(ranges => ranges.flatMap(({ from, to }) => [from, to])),
    stateCount,
    transitions: [...transitions],
    accepting: [...accepting],
  }
}
