/** One decision in a running process: how it grows with the policy, and what a call that is no shell command costs. */
import { type Built, requireBundle } from '../built.js'
import type { Effort } from '../effort.js'
import { measurePaired, type Paired } from '../paired.js'
import { duration, type Section } from '../report.js'
import { type BenchRequest, OTHER_REQUESTS, REQUESTS } from '../requests.js'

export async function measureWarm(built: readonly Built[], effort: Effort): Promise<Section> {
  const bundles = built.map(({ bundlePath }) => requireBundle(bundlePath))
  const measure = (requests: readonly BenchRequest[]): Promise<readonly Paired[]> =>
    measurePaired(
      bundles.map((bundle, i) => ({
        name: `${built[i]?.size} statements`,
        units: requests.length,
        run: () => requests.forEach(request => bundle.decide(request)),
      })),
      effort,
    )
  const all = await measure(REQUESTS)
  const others = await measure(OTHER_REQUESTS)
  const figures: Record<string, number> = {}
  built.forEach(({ size }, i) => {
    figures[`warm.growth.${size}`] = all[i]?.ratio ?? Number.NaN
    figures[`warm.other.${size}`] = others[i]?.ns ?? Number.NaN
  })
  return {
    figures,
    tables: [
      {
        title: 'The emitted bundle, warm: one decision with its result in full',
        columns: ['policy', 'to the smallest', 'any call', 'no shell command', 'a second'],
        rows: all.map(({ name, ratio, ns }, i) => [
          name,
          ratio.toFixed(2),
          duration(ns),
          duration(others[i]?.ns ?? Number.NaN),
          Math.round(1e9 / ns).toLocaleString('en'),
        ]),
      },
    ],
  }
}
