/**
 * Automata that were compiled, and proved from their patterns, when the package was built: those of the built-in statements, which
 * come with every policy and have more states than most policies. That a table has them is proved at every compile.
 */
import { readPackageFile } from '../package-root.js'
import type { Automaton } from './automaton.js'
import type { PatternSource } from './compile-pattern.js'

export const PREBUILT_FILE = 'dist/prebuilt-machines.json'

interface Packed {
  readonly classes: readonly (readonly number[])[]
  readonly stateCount: number
  readonly transitions: readonly number[]
  readonly accepting: readonly number[]
}

let prebuilt: ReadonlyMap<string, Packed> | undefined
const unpackedBefore = new Map<string, Automaton>()

/** Undefined for patterns that no built-in statement has. */
export function prebuiltAutomaton(source: PatternSource): Automaton | undefined {
  const key = keyOf(source)
  const packed = (prebuilt ??= readPrebuilt()).get(key)
  if (packed === undefined) return undefined
  const automaton = unpackedBefore.get(key) ?? unpacked(packed)
  unpackedBefore.set(key, automaton)
  return automaton
}

function keyOf(source: PatternSource): string {
  return JSON.stringify(source)
}

/** None where the package is being built. */
function readPrebuilt(): ReadonlyMap<string, Packed> {
  try {
    return new Map(JSON.parse(readPackageFile(PREBUILT_FILE)) as readonly [string, Packed][]) // written by `prebuiltText`
  } catch {
    return new Map()
  }
}

function unpacked({ classes, stateCount, transitions, accepting }: Packed): Automaton {
  const ranges = (ends: readonly number[]) => ends.flatMap((from, i) => (i % 2 === 0 ? [{ from, to: ends[i + 1] ?? from }] : []))
  return {
    classes: classes.map(ranges),
    stateCount,
    transitions: Uint32Array.from(transitions),
    accepting: Uint8Array.from(accepting),
  }
}

/** What the file holds. */
export function prebuiltText(automata: readonly (readonly [PatternSource, Automaton])[]): string {
  return JSON.stringify([...new Map(automata.map(([source, automaton]) => [keyOf(source), packed(automaton)]))])
}

function packed({ classes, stateCount, transitions, accepting }: Automaton): Packed {
  return {
    classes: classes.map(ranges => ranges.flatMap(({ from, to }) => [from, to])),
    stateCount,
    transitions: [...transitions],
    accepting: [...accepting],
  }
}
