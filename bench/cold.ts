/** Whole processes, spawn to exit, paired round by round: only ratios within one run mean anything on a shared machine. */
import { spawnSync } from 'node:child_process'

export interface Contender {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

export interface ColdFigure {
  readonly name: string
  readonly medianMs: number
  /** The median over rounds of this contender's time to that of the first one in the same round. */
  readonly ratio: number
}

const INPUT = JSON.stringify({
  session_id: 'bench',
  cwd: '/home/u/app',
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_use_id: 'toolu_bench',
  tool_input: { command: 'git status --short', description: 'see what changed' },
})

/** @throws where a contender does not end with status 10: a fast wrong answer is no figure */
export function measureCold(contenders: readonly Contender[], rounds: number): readonly ColdFigure[] {
  const times = contenders.map((): number[] => [])
  for (let round = -1; round < rounds; round++) {
    contenders.forEach((contender, i) => {
      const time = timeOf(contender)
      if (round >= 0) times[i]?.push(time)
    })
  }
  return contenders.map(({ name }, i) => {
    const own = times[i] ?? []
    return { name, medianMs: median(own), ratio: median(own.map((time, round) => time / (times[0]?.[round] ?? time))) }
  })
}

function timeOf({ name, command, args }: Contender): number {
  const start = process.hrtime.bigint()
  // An empty environment: NODE_EXTRA_CA_CERTS alone makes older versions of Node start three times slower.
  const { status } = spawnSync(command, args, { input: INPUT, env: {}, stdio: ['pipe', 'ignore', 'pipe'] })
  const elapsedMs = Number(process.hrtime.bigint() - start) / 1e6
  if (status !== 10) throw new Error(`${name} ended with status ${status}`)
  return elapsedMs
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
