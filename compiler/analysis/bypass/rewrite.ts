/** Techniques one after the other, each with draws of its own, so that leaving one out changes no other. */
import { type Form, textOf } from './form.js'
import { Random } from './random.js'
import type { Situation, Technique } from './technique.js'
import { techniques } from './techniques.js'

export interface Step {
  readonly technique: Technique
  readonly seed: number
}

export type Place = Pick<Situation, 'cwd' | 'home'>

export interface Rewrite {
  readonly text: string
  /** The steps that applied. */
  readonly steps: readonly Step[]
}

/** Longer than any shell takes in one argument serves nobody. */
const MAX_LENGTH = 16_384

/** Applies the steps in order; those that do not apply are left out. */
export function rewrite(seed: Form, steps: readonly Step[], place: Place): Rewrite {
  let form = seed
  const applied: Step[] = []
  for (const step of steps) {
    const next = step.technique.apply(form, { ...place, random: new Random(step.seed) })
    if (next === undefined || textOf(next).length > MAX_LENGTH) continue
    form = next
    applied.push(step)
  }
  return { text: textOf(form), steps: applied }
}

/** Paths before programs before all else: what is wrapped is no longer known for what it does. */
const FIRST: Readonly<Partial<Record<Technique['group'], number>>> = { paths: 0, programs: 1, options: 2 }

/** Up to five techniques, few more often than many; each group as likely as any other. */
export function drawSteps(random: Random): readonly Step[] {
  const count = 1 + Math.min(random.below(5), random.below(5))
  const steps = Array.from({ length: count }, (): Step => ({ technique: drawTechnique(random), seed: random.next() }))
  return steps.sort((a, b) => (FIRST[a.technique.group] ?? 3) - (FIRST[b.technique.group] ?? 3))
}

const groups: readonly (readonly Technique[])[] = [...new Set(techniques.map(({ group }) => group))].map(group =>
  techniques.filter(each => each.group === group),
)

function drawTechnique(random: Random): Technique {
  // Neither list is empty: every technique has a group.
  return random.pick(random.pick(groups) ?? techniques) as Technique
}

/** Leaves steps out, one by one, while what remains still has the property. */
export function shrink(seed: Form, found: Rewrite, place: Place, holds: (text: string) => boolean): Rewrite {
  for (const step of found.steps) {
    const less = rewrite(
      seed,
      found.steps.filter(each => each !== step),
      place,
    )
    if (less.steps.length < found.steps.length && less.steps.length > 0 && holds(less.text)) return shrink(seed, less, place, holds)
  }
  return found
}
