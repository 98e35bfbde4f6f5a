/** The search for rewrites that get through: every technique by itself, then techniques drawn together. */
import { Random } from '../../compiler/analysis/bypass/random.js'
import { drawSteps, type Rewrite, rewrite, shrink, type Step } from '../../compiler/analysis/bypass/rewrite.js'
import { techniques } from '../../compiler/analysis/bypass/techniques.js'
import type { Seed } from './seeds.js'

/** Every step of it is needed: without any of them, the command is objected to. */
export interface Survivor {
  readonly seed: Seed
  readonly command: string
  readonly techniques: readonly string[]
  /** How many rewrites came down to these techniques. */
  readonly found: number
}

export class Search {
  rewrites = 0
  private readonly random: Random
  private readonly tried = new Set<string>()
  private readonly found = new Map<string, Survivor>()
  private readonly planned: Iterator<Rewritten>

  /** @param getsThrough whether the policy allows the command where the seed was */
  constructor(
    private readonly seeds: readonly Seed[],
    private readonly getsThrough: (seed: Seed, command: string) => boolean,
    seed: number,
  ) {
    this.random = new Random(seed)
    this.planned = this.alone()
  }

  /** The techniques that some rewrite made use of. */
  get covered(): number {
    return this.tried.size
  }

  get survivors(): readonly Survivor[] {
    return [...this.found.values()].sort((a, b) => a.command.length - b.command.length)
  }

  /** Tries one rewrite. */
  step(): void {
    const next = this.planned.next()
    const { seed, made } = next.done === true ? this.drawn() : next.value
    if (made.steps.length === 0) return
    this.rewrites++
    for (const { technique } of made.steps) this.tried.add(technique.name)
    if (this.getsThrough(seed, made.text)) this.keep(seed, made)
  }

  /** Each technique on each seed to which it applies. */
  private *alone(): Generator<Rewritten> {
    for (const technique of techniques) {
      for (const seed of this.seeds) {
        const made = rewrite(seed.form, [{ technique, seed: this.random.next() }], seed.place)
        if (made.steps.length > 0) yield { seed, made }
      }
    }
  }

  private drawn(): Rewritten {
    // There are seeds wherever there is a search.
    const seed = this.random.pick(this.seeds) as Seed
    return { seed, made: rewrite(seed.form, drawSteps(this.random), seed.place) }
  }

  private keep(seed: Seed, made: Rewrite): void {
    const least = shrink(seed.form, made, seed.place, text => this.getsThrough(seed, text))
    const names = namesOf(least.steps)
    const key = names.join('\n')
    const known = this.found.get(key)
    const shorter = known === undefined || least.text.length < known.command.length
    this.found.set(key, {
      ...(shorter ? { seed, command: least.text, techniques: names } : known),
      found: (known?.found ?? 0) + 1,
    })
  }
}

interface Rewritten {
  readonly seed: Seed
  readonly made: Rewrite
}

function namesOf(steps: readonly Step[]): readonly string[] {
  return [...new Set(steps.map(({ technique }) => technique.name))].sort()
}
