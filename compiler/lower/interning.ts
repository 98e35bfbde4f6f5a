/** The patterns of a policy, one for each place that has it. What is written twice is compiled once. */
import type { PatternSource } from '../patterns/compile-pattern.js'
import { compileMachine, type Machine } from '../patterns/machine.js'
import type { PatternError } from '../patterns/pattern-error.js'
import type { IrPattern, PatternId } from '../ir/ir.js'

export class PatternPool {
  readonly patterns: IrPattern[] = []
  private readonly compiled = new Map<string, Machine | PatternError>()

  /** @param backtracking whether a pattern that is not regular may be run nevertheless */
  intern(source: PatternSource, backtracking = false): PatternId | PatternError {
    const machine = this.compile(source, backtracking)
    return 'code' in machine ? machine : this.patterns.push({ source, ...machine }) - 1
  }

  private compile(source: PatternSource, backtracking: boolean): Machine | PatternError {
    const key = JSON.stringify([source, backtracking])
    const result = this.compiled.get(key) ?? compileMachine(source, backtracking)
    this.compiled.set(key, result)
    return result
  }
}
