/**
 * `dedupe`: equal patterns become one, then equal tests; what nobody refers to any more goes. Patterns are equal if they match
 * the same texts, however they are written: their minimal automata are the same.
 */
import type { Ir, IrPattern, IrStatement } from '../ir/ir.js'
import { mapTests, testsOf } from './formulas.js'
import { mapOperationPatterns, operationPatterns } from './operation-patterns.js'
import type { Pass } from './pass.js'

export const dedupe: Pass = {
  name: 'dedupe',
  summary: 'equal tests and equal patterns become one',
  run: ir => shareTests(sharePatterns(ir)),
}

function sharePatterns(ir: Ir): Ir {
  const { kept, newIndex } = distinct(ir.patterns, usedPatterns(ir), patternKey)
  return {
    ...ir,
    patterns: kept,
    tests: ir.tests.map(test => ({ ...test, operation: mapOperationPatterns(test.operation, newIndex) })),
    statements: ir.statements.map(statement => ({
      ...statement,
      actions: statement.actions.map(action => (action.kind === 'name' ? action : { ...action, pattern: newIndex(action.pattern) })),
    })),
  }
}

function usedPatterns({ tests, statements }: Ir): ReadonlySet<number> {
  const ofActions = statements.flatMap(({ actions }) => actions.flatMap(action => (action.kind === 'glob' ? [action.pattern] : [])))
  return new Set([...ofActions, ...tests.flatMap(test => operationPatterns(test.operation))])
}

/** Minimal automata are canonical: those of one language are equal. Without one, patterns are equal if they are written alike. */
function patternKey(pattern: IrPattern): string {
  if (pattern.kind !== 'automaton') return JSON.stringify(pattern.source)
  const { classes, stateCount, transitions, accepting } = pattern.automaton
  const ranges = classes.map(each => each.map(({ from, to }) => `${from}-${to}`).join())
  return `${stateCount}/${ranges.join(';')}/${transitions.join()}/${accepting.join()}`
}

function shareTests(ir: Ir): Ir {
  const used = new Set(ir.statements.flatMap(({ written, evaluated }) => [...testsOf(written), ...testsOf(evaluated)]))
  const { kept, newIndex } = distinct(ir.tests, used, test => JSON.stringify(test))
  const rewrite = ({ written, evaluated, ...rest }: IrStatement): IrStatement => {
    const newWritten = mapTests(written, newIndex)
    return { ...rest, written: newWritten, evaluated: evaluated === written ? newWritten : mapTests(evaluated, newIndex) }
  }
  return { ...ir, tests: kept, statements: ir.statements.map(rewrite) }
}

/** The first of each kind among those that are used, and where each has gone. */
function distinct<T>(all: readonly T[], used: ReadonlySet<number>, keyOf: (one: T) => string) {
  const kept: T[] = []
  const known = new Map<string, number>()
  const newIndexes = all.map((one, index) => {
    if (!used.has(index)) return undefined
    const key = keyOf(one)
    const index2 = known.get(key) ?? kept.push(one) - 1
    known.set(key, index2)
    return index2
  })
  return { kept, newIndex: (old: number): number => newIndexes[old] ?? old }
}
