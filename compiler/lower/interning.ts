/** Equal tests and equal patterns become one: the table holds each once and a request decides each once. */
import type { Automaton } from '../patterns/automaton.js'
import { compilePattern, type PatternSource } from '../patterns/compile-pattern.js'
import type { PatternError } from '../patterns/pattern-error.js'
import type { IrPattern, IrTest, PatternId, TestId } from '../ir/ir.js'

export class PatternPool {
  readonly patterns: IrPattern[] = []
  private readonly known = new Map<string, PatternId | PatternError>()

  intern(source: PatternSource): PatternId | PatternError {
    const key = JSON.stringify(source)
    const known = this.known.get(key)
    if (known !== undefined) return known
    const compiled = compilePattern(source)
    const result = compiled.ok ? this.add(source, compiled.automaton) : compiled.error
    this.known.set(key, result)
    return result
  }

  private add(source: PatternSource, automaton: Automaton): PatternId {
    return this.patterns.push({ source, automaton }) - 1
  }
}

export class TestPool {
  readonly tests: IrTest[] = []
  private readonly known = new Map<string, TestId>()

  intern(test: IrTest): TestId {
    const key = JSON.stringify(test)
    const known = this.known.get(key)
    if (known !== undefined) return known
    const id = this.tests.push(test) - 1
    this.known.set(key, id)
    return id
  }
}
