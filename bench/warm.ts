/** Decisions in one process: the compiled table beside the naive interpreter, over the same requests, in the same run. */
import { Bench } from 'tinybench'
import { parse } from 'yaml'
import { wholeCall } from '../runtime/decide/check-request.js'
import type { Decider } from '../runtime/decide/decider.js'
import { decide as decideNaively } from './naive.mjs'
import { REQUESTS } from './policies.js'

export interface WarmFigure {
  readonly compiledNs: number
  readonly naiveNs: number
}

/** Nanoseconds a decision, the median over batches of all requests. */
export async function measureWarm(decider: Decider, policyText: string, timeMs: number): Promise<WarmFigure> {
  const calls = REQUESTS.map(request => wholeCall(request))
  const policy = parse(policyText)
  checkAgreement(decider, policy)
  const bench = new Bench({ time: timeMs, warmupTime: timeMs / 4 })
  bench.add('compiled', () => {
    for (const call of calls) decider.decide(call)
  })
  bench.add('naive', () => {
    for (const request of REQUESTS) decideNaively(policy, request)
  })
  await bench.run()
  const [compiledNs = Number.NaN, naiveNs = Number.NaN] = bench.tasks.map(task => medianNs(task.result))
  return { compiledNs, naiveNs }
}

function medianNs(result: Bench['tasks'][number]['result']): number {
  return 'latency' in result ? (result.latency.p50 * 1e6) / REQUESTS.length : Number.NaN
}

function checkAgreement(decider: Decider, policy: unknown): void {
  for (const request of REQUESTS) {
    const compiled = decider.decide(wholeCall(request)).decision
    const naive = decideNaively(policy, request)
    if (compiled !== naive) throw new Error(`${JSON.stringify(request)}: compiled ${compiled}, naive ${naive}`)
  }
}
