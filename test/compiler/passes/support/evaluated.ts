/** What passes make of conditions, as text. */
import { formulaText } from '../../../../compiler/ir/formula-text.js'
import type { Ir } from '../../../../compiler/ir/ir.js'
import { testText } from '../../../../compiler/ir/test-text.js'
import { optimise } from '../../../../compiler/passes/optimise.js'
import type { PassName } from '../../../../compiler/passes/pass.js'
import { lowerForTest } from '../../../support/lower-for-test.js'

/** The IR of one statement for each condition, all about one action, after the passes. */
export function optimised(conditions: readonly string[], passes: readonly PassName[]): Ir {
  const statements = conditions.map(when => ({ effect: 'deny', actions: ['a'], when }))
  return optimise(lowerForTest(JSON.stringify({ statements })), passes)
}

/** The condition as it is evaluated after the passes, each test in place of its number. */
export function evaluated(condition: string, passes: readonly PassName[]): string {
  const ir = optimised([condition], passes)
  const [statement] = ir.statements
  if (statement === undefined) throw new Error('there is no statement')
  return formulaText(statement.evaluated).replace(/t(\d+)/g, (_, test) => {
    const found = ir.tests[Number(test)]
    return found === undefined ? '?' : testText(found).replace(/ \[.*/, '')
  })
}
