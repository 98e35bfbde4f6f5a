/** Every statement about an action, on every request of a call, with what each of its tests saw: for people, not for the hook. */
import { AbstractString, showString } from './abstract-string.js'
import type { ExplainedStatement, ExplainedTest } from './decider.js'
import { formulaValue } from './formula.js'
import type { Kleene } from './kleene.js'
import type { OpenTable } from './open-table.js'
import { type Layer, layersFor } from './layers.js'
import type { Call, ExpandedRequest, Value } from './request.js'
import { conditionOf, testsOf } from './statement.js'
import { asText } from './value.js'

const NAMES = ['false', 'unknown', 'true'] as const

export function explainCall(all: readonly Layer[], call: Call): readonly ExplainedStatement[] {
  const layers = layersFor(all, call)
  return call.flatMap(expanded => layers.flatMap(layer => explainRequest(layer.policy(), expanded)))
}

function explainRequest(
  { table, index, statements, written }: OpenTable,
  { role, request, origin }: ExpandedRequest,
): readonly ExplainedStatement[] {
  const { action } = request
  const evaluation = written.begin(request)
  return index
    .lookup(action)
    .all()
    .map(statement => {
      const each = statements.get(statement)
      const { sid, effect, source } = each
      const tests = testsOf(table, each).map(
        ({ test, words }): ExplainedTest => ({
          test: table.text(words),
          value: nameOf(evaluation.test(test)),
          operand: showOperand(evaluation.operand(test)),
        }),
      )
      const explained = {
        sid,
        effect,
        source,
        request: role,
        action,
        condition: nameOf(formulaValue(conditionOf(table, each), evaluation)),
        tests,
      }
      return origin === undefined ? explained : { ...explained, origin }
    })
}

function nameOf(value: Kleene): 'true' | 'false' | 'unknown' {
  return NAMES[value]
}

function showOperand(value: Value | undefined): string {
  if (value === undefined) return 'missing'
  const text = asText(value)
  if (text !== undefined) return showString(text)
  return JSON.stringify(value, (_, each: Value) => (each instanceof AbstractString ? showString(each) : each))
}
