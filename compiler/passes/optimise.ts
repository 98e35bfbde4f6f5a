import type { Ir } from '../ir/ir.js'
import { Watch } from '../watch.js'
import { PASSES } from './index.js'
import type { PassName } from './pass.js'

export const PASS_NAMES: readonly PassName[] = PASSES.map(pass => pass.name)

/** Runs the passes that are asked for, in their own order. */
export function optimise(ir: Ir, names: readonly PassName[] = PASS_NAMES, watch = new Watch()): Ir {
  return PASSES.filter(pass => names.includes(pass.name)).reduce((before, { name, run }) => {
    const after = watch.time(name, () => run(before))
    watch.passes.push({ name, before, after })
    return after
  }, ir)
}
