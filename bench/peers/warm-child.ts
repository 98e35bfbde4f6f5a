/** One peer beside us in one process: first whether all answers are the same, then what a decision costs each. */
import { readFileSync, writeSync } from 'node:fs'
import { requireBundle } from '../built.js'
import { measurePaired, type Paired } from '../paired.js'
import { type BenchRequest, REQUESTS } from '../requests.js'
import { loadPeer } from './bundled.js'
import type { Decide } from './peer.js'

export interface WarmPeerTask {
  readonly peerPath: string
  readonly policyPath: string
  readonly bundlePath: string
  readonly warmRounds: number
  readonly warmMs: number
}

async function checkAgreement(ours: (request: BenchRequest) => { readonly decision: string }, theirs: Decide): Promise<void> {
  for (const request of REQUESTS) {
    const [own, other] = [ours(request).decision, await theirs(request)]
    if (own !== other) throw new Error(`${JSON.stringify(request)}: we say ${own}, the peer ${other}`)
  }
}

async function main(): Promise<readonly Paired[]> {
  const task: WarmPeerTask = JSON.parse(readFileSync(0, 'utf8'))
  const bundle = requireBundle(task.bundlePath)
  const ours = (request: BenchRequest) => bundle.decide(request)
  const theirs = await loadPeer(task.peerPath).load(readFileSync(task.policyPath))
  await checkAgreement(ours, theirs)
  const units = REQUESTS.length
  const synchronous = !(theirs(REQUESTS[0] as BenchRequest) instanceof Promise) // there are requests
  return measurePaired(
    [
      { name: 'agsec', units, run: () => REQUESTS.forEach(request => ours(request)) },
      { name: 'peer', units, run: () => (synchronous ? allAtOnce(theirs) : inTurn(theirs)) },
    ],
    task,
  )
}

function allAtOnce(decide: Decide): void {
  for (const request of REQUESTS) void decide(request)
}

async function inTurn(decide: Decide): Promise<void> {
  for (const request of REQUESTS) await decide(request)
}

writeSync(1, `${JSON.stringify(await main())}\n`)
