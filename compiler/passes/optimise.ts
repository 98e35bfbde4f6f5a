import type { Ir } from '../ir/ir.js'
import { PASSES } from './index.js'
import type { PassName } from './pass.js'

export const PASS_NAMES: readonly PassName[] = PASSES.map(pass => pass.name)

/** Runs the passes that are asked for, in their own order. */
export function optimise(ir: Ir, names: readonly PassName[] = PASS_NAMES): Ir {
  return PASSES.filter(pass => names.includes(pass.name)).reduce((before, pass) => pass.run(before), ir)
}
