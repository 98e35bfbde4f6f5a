/** A search for so long, and what came of it. */
import { setImmediate } from 'node:timers/promises'
import { techniques } from '../../compiler/analysis/bypass/techniques.js'
import { Search, type Survivor } from './search.js'
import type { Seed } from './seeds.js'

export interface Attack {
  readonly seed: number
  readonly seeds: number
  readonly rewrites: number
  readonly seconds: number
  readonly covered: number
  readonly techniques: number
  readonly survivors: readonly Survivor[]
}

export interface Bounds {
  readonly minutes: number
  /** At most so many. */
  readonly rewrites: number
  readonly seed: number
}

/** Between two looks at the clock. */
const ROUND = 64
/** Between two lines of progress. */
const PROGRESS_MS = 500

/** @param tell is called now and then with how far it is */
export async function attack(
  seeds: readonly Seed[],
  getsThrough: (seed: Seed, command: string) => boolean,
  { minutes, rewrites, seed }: Bounds,
  tell: (sofar: Attack) => void,
): Promise<Attack> {
  const search = new Search(seeds, getsThrough, seed)
  const start = performance.now()
  const sofar = (): Attack => ({
    seed,
    seeds: seeds.length,
    rewrites: search.rewrites,
    seconds: (performance.now() - start) / 1000,
    covered: search.covered,
    techniques: techniques.length,
    survivors: search.survivors,
  })
  let told = start
  while (search.rewrites < rewrites && performance.now() - start < minutes * 60_000) {
    for (let i = 0; i < ROUND && search.rewrites < rewrites; i++) search.step()
    if (performance.now() - told < PROGRESS_MS) continue
    told = performance.now()
    tell(sofar())
    // Signals and the terminal have their turn.
    await setImmediate()
  }
  return sofar()
}
