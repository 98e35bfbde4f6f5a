import type { Ir } from '../ir/ir.js'

/**
 * One step of the optimiser. With or without it, a policy gives the same full result on every call: conditions keep all three
 * values, conditions as written stay as they are, and an index leaves out only what cannot match.
 */
export interface Pass {
  readonly name: PassName
  /** What it does, in a line. */
  readonly summary: string
  readonly run: (ir: Ir) => Ir
}

export type PassName = 'dedupe' | 'fold' | 'order' | 'index-actions' | 'index-values' | 'index-literals'
