/** What a compilation took and what its passes did, for people who ask; no result depends on it. */
import type { Ir } from './ir/ir.js'
import type { PassName } from './passes/pass.js'

export interface PassRun {
  readonly name: PassName
  readonly before: Ir
  readonly after: Ir
}

export class Watch {
  private readonly timesMs = new Map<string, number>()
  readonly passes: PassRun[] = []

  /** Milliseconds by phase, in the order in which the phases first began. */
  get phases(): readonly { readonly name: string; readonly ms: number }[] {
    return [...this.timesMs].map(([name, ms]) => ({ name, ms }))
  }

  /** Runs a phase; one that runs several times adds up. */
  time<T>(phase: string, work: () => T): T {
    const begun = performance.now()
    try {
      return work()
    } finally {
      this.timesMs.set(phase, (this.timesMs.get(phase) ?? 0) + performance.now() - begun)
    }
  }
}
