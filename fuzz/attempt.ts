/** One target for a moment, and what it found kept for good. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import type { Target } from '../test/properties/target.js'

export interface Attempt {
  readonly target: Target
  readonly cases: number
  readonly ms: number
  readonly failure?: Failure
}

export interface Failure {
  readonly found: unknown
  readonly error: string
}

const MOMENT_MS = 3000
/** A found case is made smaller for so long. */
const SHRINK_MS = 60_000

/** Draws cases for a moment; a case that fails is shrunk. */
export function attempt(target: Target, seed: number): Attempt {
  const start = performance.now()
  const drawn = fc.check(target.property, { seed, numRuns: 1_000_000, interruptAfterTimeLimit: MOMENT_MS })
  const made = { target, cases: drawn.numRuns, ms: performance.now() - start }
  if (!drawn.failed || drawn.counterexamplePath === null) return made
  const shrunk = fc.check(target.property, { seed, path: drawn.counterexamplePath, interruptAfterTimeLimit: SHRINK_MS })
  const { counterexample, errorInstance } = shrunk.counterexample === null ? drawn : shrunk
  return { ...made, failure: { found: counterexample?.[0], error: String(errorInstance) } }
}

/** Writes the case where the ordinary tests replay it; gives the name of the file. */
export function keep(target: Target, { found, error }: Failure): string {
  const text = `${JSON.stringify({ target: target.name, error: error.slice(0, 2000), case: target.encode(found) }, undefined, 2)}\n`
  const name = `${target.name}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.json`
  writeFileSync(fileURLToPath(new URL(`regressions/${name}`, import.meta.url)), text)
  return `fuzz/regressions/${name}`
}
