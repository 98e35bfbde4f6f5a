/** Properties that hold of all policies, tried a little; `npm run fuzz` tries them for as long as one likes. */
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { targets } from './targets.js'

const scale = Number(process.env['AGSEC_FUZZ_RUNS'] ?? 0)

describe('of every policy', () => {
  it.each(targets.filter(({ runs }) => runs > 0))('$name: $says', ({ property, runs }) => {
    fc.assert(property, { numRuns: scale > 0 ? Math.min(runs, scale) : runs })
  })
})
