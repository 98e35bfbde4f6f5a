/** What one proof may cost, in steps and never in time: a policy is proved on every machine or on none. */

/** A step is some ten nanoseconds on a machine of today: the limit stands for about half a second. */
const MOST_STEPS = 50_000_000

/** How the walks of this folder stop early. It never leaves the folder: the public functions catch it. */
export class EffortSpent extends Error {}

export class Effort {
  private left: number

  constructor(steps = MOST_STEPS) {
    this.left = steps
  }

  spend(steps: number): void {
    this.left -= steps
    if (this.left < 0) throw new EffortSpent()
  }
}
