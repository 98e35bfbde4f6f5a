/** Whole processes, spawn to exit, paired round by round: only ratios within one run mean anything on a shared machine. */
import { spawnSync } from 'node:child_process'
import { median } from './paired.js'
import { HOOK_INPUT } from './requests.js'

export interface Contender {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The exit status by which it says allow. */
  readonly allows: number
  /** What it reads; absent: the ordinary call. */
  readonly input?: string
  /** It was cut off before it could start. */
  readonly cutOff?: boolean
}

export interface ColdFigure {
  readonly name: string
  /** NaN where it was cut off. */
  readonly medianMs: number
  /** The median over rounds of this contender's time to that of the first one in the same round. */
  readonly ratio: number
}

/** @throws where a contender says anything but allow: a fast wrong answer is no figure */
export function measureCold(contenders: readonly Contender[], rounds: number, limitMs: number): readonly ColdFigure[] {
  const times = contenders.map((): number[] => [])
  for (let round = -1; round < rounds; round++) {
    contenders.forEach((contender, i) => {
      const known = times[i] ?? []
      // One that was cut off is not tried again.
      const time = contender.cutOff || known.some(Number.isNaN) ? Number.NaN : timeOf(contender, limitMs)
      if (round >= 0 || Number.isNaN(time)) known.push(time)
    })
  }
  return contenders.map(({ name }, i) => {
    const own = times[i] ?? []
    if (own.some(Number.isNaN)) return { name, medianMs: Number.NaN, ratio: Number.NaN }
    return { name, medianMs: median(own), ratio: median(own.map((time, round) => time / (times[0]?.[round] ?? time))) }
  })
}

/** Milliseconds; NaN where the process was cut off. */
function timeOf({ name, command, args, allows, input = HOOK_INPUT }: Contender, limitMs: number): number {
  const start = process.hrtime.bigint()
  // An empty environment: NODE_EXTRA_CA_CERTS alone makes older versions of Node start three times slower.
  const { status, error, stderr } = spawnSync(command, args, {
    input,
    env: {},
    stdio: ['pipe', 'ignore', 'pipe'],
    timeout: limitMs,
    killSignal: 'SIGKILL',
  })
  const elapsedMs = Number(process.hrtime.bigint() - start) / 1e6
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT') return Number.NaN
  if (status !== allows) throw new Error(`${name} ended with status ${status}: ${String(stderr)}`)
  return elapsedMs
}
