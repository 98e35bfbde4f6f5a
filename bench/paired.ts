/**
 * Contenders in one process, round by round: each runs once per round, and a ratio is that of two times of one round. Times are those of
 * the processor, so that waiting for it while others run does not count; what remains of the others slows a whole round, and the median
 * of the ratios does not see it.
 */
import { Bench } from 'tinybench'
import type { Effort } from './effort.js'

export interface Task {
  readonly name: string
  /** What one run stands for: the time is told per unit. */
  readonly units: number
  /** Gives a promise every time or never. */
  readonly run: () => unknown
}

export interface Paired {
  readonly name: string
  /** The median over rounds of the median over runs, per unit. */
  readonly ns: number
  /** The median over rounds of this contender's time to that of the first one. */
  readonly ratio: number
}

/** What one sample has to last, since the processor's time is told in microseconds. */
const SAMPLE_MS = 0.5

export async function measurePaired(
  tasks: readonly Task[],
  { warmRounds, warmMs }: Pick<Effort, 'warmRounds' | 'warmMs'>,
): Promise<readonly Paired[]> {
  const sized: Task[] = []
  for (const task of tasks) sized.push(await longEnough(task, warmMs))
  const rounds: (readonly number[])[] = []
  for (let round = 0; round < warmRounds; round++) rounds.push(await oneRound(sized, warmMs))
  return tasks.map(({ name }, i) => ({
    name,
    ns: median(rounds.map(times => times[i] ?? Number.NaN)),
    ratio: median(rounds.map(times => (times[i] ?? Number.NaN) / (times[0] ?? Number.NaN))),
  }))
}

/** The task, repeated until a run lasts as long as a sample has to; warm from the search. */
async function longEnough(task: Task, warmMs: number): Promise<Task> {
  const end = cpuMs() + warmMs
  for (let repeats = 1; ; repeats *= 2) {
    const repeated = repeatedly(task, repeats)
    let ms: number
    do {
      const start = cpuMs()
      await repeated.run()
      ms = cpuMs() - start
    } while (ms >= SAMPLE_MS && cpuMs() < end)
    if (ms >= SAMPLE_MS) return repeated
  }
}

function repeatedly({ name, units, run }: Task, repeats: number): Task {
  const again = (): unknown => {
    for (let i = 0; i < repeats; i++) {
      const result = run()
      if (result instanceof Promise) return result.then(() => restOf(run, repeats - 1))
    }
    return undefined
  }
  return { name, units: units * repeats, run: again }
}

async function restOf(run: () => unknown, repeats: number): Promise<void> {
  for (let i = 0; i < repeats; i++) await run()
}

async function oneRound(tasks: readonly Task[], timeMs: number): Promise<readonly number[]> {
  const bench = new Bench({ time: timeMs, iterations: 1, warmup: false, throws: true, now: cpuMs })
  for (const { name, run } of tasks) bench.add(name, run)
  await bench.run()
  return bench.tasks.map(({ result }, i) => ('latency' in result ? (result.latency.p50 * 1e6) / (tasks[i]?.units ?? 1) : Number.NaN))
}

/** What this process has had of the processor. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
