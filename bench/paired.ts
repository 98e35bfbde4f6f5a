/**
 * Contenders in one process, round by round: each runs once per round, and a ratio is that of two times of one round. Whatever else
 * the machine does in a round slows them all; what counts is the median of the ratios.
 */
import { Bench } from 'tinybench'
import type { Effort } from './effort.js'

export interface Task {
  readonly name: string
  /** What one run stands for: the time is told per unit. */
  readonly units: number
  readonly run: () => unknown
}

export interface Paired {
  readonly name: string
  /** The median over rounds of the median over runs, per unit. */
  readonly ns: number
  /** The median over rounds of this contender's time to that of the first one. */
  readonly ratio: number
}

export async function measurePaired(
  tasks: readonly Task[],
  { warmRounds, warmMs }: Pick<Effort, 'warmRounds' | 'warmMs'>,
): Promise<readonly Paired[]> {
  const rounds: (readonly number[])[] = []
  for (let round = -1; round < warmRounds; round++) {
    const times = await oneRound(tasks, warmMs)
    // The first round warms up: it is what makes the engine compile.
    if (round >= 0) rounds.push(times)
  }
  return tasks.map(({ name }, i) => ({
    name,
    ns: median(rounds.map(times => times[i] ?? Number.NaN)),
    ratio: median(rounds.map(times => (times[i] ?? Number.NaN) / (times[0] ?? Number.NaN))),
  }))
}

async function oneRound(tasks: readonly Task[], timeMs: number): Promise<readonly number[]> {
  const bench = new Bench({ time: timeMs, iterations: 1, warmup: false, throws: true })
  for (const { name, run } of tasks) bench.add(name, run)
  await bench.run()
  return bench.tasks.map(({ result }, i) => ('latency' in result ? (result.latency.p50 * 1e6) / (tasks[i]?.units ?? 1) : Number.NaN))
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
