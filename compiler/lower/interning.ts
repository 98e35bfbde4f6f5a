/** The patterns of a policy, one for each place that has it. What is written twice is compiled once, in one process at most. */
import type { PatternSource } from '../patterns/compile-pattern.js'
import { compileMachine, type Machine } from '../patterns/machine.js'
import { prebuiltPattern } from '../patterns/prebuilt.js'
import type { PatternError } from '../patterns/pattern-error.js'
import type { IrPattern, PatternId } from '../ir/ir.js'

/** Machines made before: the built-in statements come with every policy, and whoever watches or tests one compiles it again and again. */
const made = new Map<string, Machine | PatternError>()
const MOST_KEPT = 2048

/** The lists of patterns among those made in this process that are too many for one automaton. */
export function rejectedTogether(): readonly (readonly [PatternSource, PatternError])[] {
  return [...made].flatMap(([key, machine]) => {
    const [source] = JSON.parse(key) as [PatternSource, boolean] // as `patternKey` writes it
    return 'code' in machine && 'also' in source ? [[source, machine] as const] : []
  })
}

export class PatternPool {
  readonly patterns: IrPattern[] = []

  /** @param backtracking whether a pattern that is not regular may be run nevertheless */
  intern(source: PatternSource, backtracking = false): PatternId | PatternError {
    const machine = this.compile(source, backtracking)
    return 'code' in machine ? machine : this.patterns.push({ source, ...machine }) - 1
  }

  /** Undefined, and none of them interned, where one has no machine. */
  internAll(sources: readonly PatternSource[]): readonly PatternId[] | undefined {
    const found: IrPattern[] = []
    for (const source of sources) {
      const machine = this.compile(source, false)
      if ('code' in machine) return undefined
      found.push({ source, ...machine })
    }
    return found.map(pattern => this.patterns.push(pattern) - 1)
  }

  private compile(source: PatternSource, backtracking: boolean): Machine | PatternError {
    const key = patternKey(source, backtracking)
    const result = made.get(key) ?? prebuilt(source) ?? compileMachine(source, backtracking)
    if (made.size >= MOST_KEPT) made.clear()
    made.set(key, result)
    return result
  }
}

function prebuilt(source: PatternSource): Machine | PatternError | undefined {
  const compiled = prebuiltPattern(source)
  return compiled === undefined || 'code' in compiled ? compiled : { kind: 'automaton', automaton: compiled }
}

function patternKey(source: PatternSource, backtracking: boolean): string {
  return JSON.stringify([source, backtracking])
}
