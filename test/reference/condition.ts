/** Conditions: their value, and the tests that make them up. */
import type { Condition, Test } from '../../compiler/ast.js'
import type { Request, Value } from '../../runtime/decide/request.js'
import { fieldValue } from './field.js'
import { testValue } from './test-value.js'
import { allOf, anyOf, not, type Truth } from './truth.js'

/** A condition on one request. */
export interface Evaluation {
  readonly value: Truth
  /** In document order. */
  readonly tests: readonly EvaluatedTest[]
}

export interface EvaluatedTest {
  readonly test: Test
  readonly value: Truth
  readonly operand: Value | undefined
}

export function evaluate(condition: Condition, request: Request): Evaluation {
  const tests = testsOf(condition).map(test => ({ test, value: testValue(test, request), operand: fieldValue(request, test.field) }))
  return { value: conditionValue(condition, new Map(tests.map(({ test, value }) => [test, value]))), tests }
}

function conditionValue(condition: Condition, values: ReadonlyMap<Test, Truth>): Truth {
  switch (condition.kind) {
    case 'all':
      return allOf(condition.of.map(one => conditionValue(one, values)))
    case 'any':
      return condition.of.length === 0 ? 'true' : anyOf(condition.of.map(one => conditionValue(one, values)))
    case 'not':
      return not(conditionValue(condition.of, values))
    case 'test':
      return values.get(condition) ?? 'unknown'
    default:
      return condition satisfies never
  }
}

function testsOf(condition: Condition): readonly Test[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(testsOf)
    case 'not':
      return testsOf(condition.of)
    case 'test':
      return [condition]
    default:
      return condition satisfies never
  }
}
