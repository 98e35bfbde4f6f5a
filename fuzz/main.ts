/** `npm run fuzz`: the properties of `test/properties/`, one after the other and again, on cases that nobody has tried. */
import { parseArgs } from 'node:util'
import type { Target } from '../test/properties/target.js'
import { targets } from '../test/properties/targets.js'
import { type Attempt, attempt, keep } from './attempt.js'

interface Asked {
  readonly targets: readonly Target[]
  /** Infinite unless asked otherwise. */
  readonly minutes: number
  readonly seed: number
}

function asked(): Asked {
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, target: { type: 'string' }, seed: { type: 'string' } } })
  const chosen = targets.filter(({ name }) => values.target === undefined || values.target === name)
  if (chosen.length === 0)
    throw new Error(`there is no target \`${values.target}\`, expected one of ${targets.map(({ name }) => name).join(', ')}`)
  return {
    targets: chosen.filter(isHere),
    minutes: number('minutes', values.minutes) ?? Number.POSITIVE_INFINITY,
    seed: number('seed', values.seed) ?? Date.now() & 0x7fffffff,
  }
}

/** What a machine lacks is said, and its target left out. */
function isHere({ name, missing }: Target): boolean {
  const why = missing?.()
  if (why !== undefined) process.stdout.write(`${name}: left out, ${why}\n`)
  return why === undefined
}

function number(name: string, text: string | undefined): number | undefined {
  const value = Number(text ?? 0)
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} takes a number, found \`${text}\``)
  return text === undefined ? undefined : value
}

/** How many cases each target has met, and in what time. */
class Progress {
  private readonly met = new Map<string, { cases: number; ms: number }>()

  add({ target, cases, ms }: Attempt): void {
    const before = this.met.get(target.name) ?? { cases: 0, ms: 0 }
    this.met.set(target.name, { cases: before.cases + cases, ms: before.ms + ms })
  }

  line(minutes: number): string {
    const each = [...this.met].map(([name, { cases, ms }]) => `${name} ${cases} (${Math.round((1000 * cases) / ms)}/s)`)
    return `${minutes.toFixed(1)} min · ${each.join(' · ')}\n`
  }
}

function fuzz({ targets: chosen, minutes, seed }: Asked): number {
  const start = performance.now()
  const passed = () => (performance.now() - start) / 60_000
  const progress = new Progress()
  let failures = 0
  process.stdout.write(`seed ${seed}\n`)
  for (let round = 0; chosen.length > 0 && passed() < minutes; round++) {
    for (const target of chosen) {
      const made = attempt(target, seed + round)
      progress.add(made)
      if (made.failure === undefined) continue
      failures++
      process.stdout.write(`${target.name}: not true that ${target.says}\n${made.failure.error}\nkept as ${keep(target, made.failure)}\n`)
    }
    process.stdout.write(progress.line(passed()))
  }
  return failures
}

process.exitCode = fuzz(asked()) === 0 ? 0 : 1
