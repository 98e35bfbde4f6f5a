/** The patterns of a policy, one for each place that has it. What is written twice is compiled once. */
import { type CompiledPattern, compilePattern, type PatternSource } from '../patterns/compile-pattern.js'
import type { PatternError } from '../patterns/pattern-error.js'
import type { IrPattern, PatternId } from '../ir/ir.js'

export class PatternPool {
  readonly patterns: IrPattern[] = []
  private readonly compiled = new Map<string, CompiledPattern>()

  intern(source: PatternSource): PatternId | PatternError {
    const result = this.compile(source)
    return result.ok ? this.patterns.push({ source, automaton: result.automaton }) - 1 : result.error
  }

  private compile(source: PatternSource): CompiledPattern {
    const key = JSON.stringify(source)
    const result = this.compiled.get(key) ?? compilePattern(source)
    this.compiled.set(key, result)
    return result
  }
}
