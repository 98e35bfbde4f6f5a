/** What lowering collects on its way through a policy. */
import type { Diagnostic } from '../diagnostic.js'
import type { PatternError } from '../patterns/pattern-error.js'
import type { IrTest } from '../ir/ir.js'
import type { PatternPool } from './interning.js'

export interface Lowering {
  readonly patterns: PatternPool
  readonly tests: IrTest[]
  readonly diagnostics: Diagnostic[]
  /** Whether the statement at hand allows patterns that are not regular. */
  readonly backtracking: boolean
}

export function errorText({ code, message, help }: PatternError): Pick<Diagnostic, 'code' | 'message' | 'help'> {
  return { code, message, ...(help === undefined ? {} : { help }) }
}
