import { PatternRejected } from './pattern-error.js'

/**
 * What one pattern may cost. Work is counted in steps, never in time, so that the same policy compiles, or fails to, on every machine.
 * A step is some 30 ns on a machine of today, and what takes longer counts as several: the limit stands for about a quarter of a second.
 */
const limits = { nfaStates: 20_000, dfaStates: 10_000, work: 8_000_000 } as const

/** What it takes to read one UTF-16 unit of a pattern. */
const stepsPerUnit = 16

/** Counts what one pattern costs and rejects it once that is too much. */
export class Budget {
  #work = 0

  /** `length`: that of the pattern's text, all of which the error points at. */
  constructor(readonly length: number) {
    this.spend(length * stepsPerUnit)
  }

  spend(steps: number): void {
    this.#work += steps
    if (this.#work > limits.work) this.reject(`more than ${limits.work} steps of work`)
  }

  countNfaStates(count: number): void {
    if (count > limits.nfaStates) this.reject(`more than ${limits.nfaStates} parts once its repetitions are written out`)
  }

  countDfaStates(count: number): void {
    if (count > limits.dfaStates) this.reject(`more than ${limits.dfaStates} states`)
  }

  reject(detail: string): never {
    throw new PatternRejected({
      code: 'pattern-too-large',
      message: `this pattern needs ${detail}, which is beyond what one pattern may cost`,
      offset: 0,
      length: this.length,
      help: 'lower the counts of `{n}`, split it into several conditions, or replace gaps of a fixed length such as `x.{16}y` by `x.*y`',
    })
  }
}
