/** Statements that deny what is not something, and that a request without the field slips past. */
import type { Condition, Statement, Test } from '../ast.js'
import type { Diagnostic } from '../diagnostic.js'
import { warning } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'

export function checkNegatives(statements: readonly Statement[]): readonly Diagnostic[] {
  const restricting = statements.filter(({ effect }) => effect !== 'allow').map(({ condition }) => condition)
  // Whoever asks for the field's presence anywhere has thought of its absence.
  const asked = new Set(
    restricting
      .flatMap(testsOf)
      .filter(isExists)
      .map(({ field }) => field),
  )
  return restricting.flatMap(condition => {
    const required = requiredFields(condition)
    const negatives = testsOf(condition).filter(test => test.negated && !isExists(test))
    return negatives.filter(({ field }) => !asked.has(field) && !required.has(longName(field))).map(missesAbsent)
  })
}

/** Fields that the statement asks something positive of besides: without one it does not apply anyway, and its author knows. */
function requiredFields(condition: Condition): ReadonlySet<string> {
  const tests = condition.kind === 'all' ? condition.of.filter(each => each.kind === 'test') : []
  return new Set(tests.filter(test => !test.negated).map(({ field }) => longName(field)))
}

/** `file_path` is looked up in params first. */
function longName(field: string): string {
  return field.startsWith('params.') || field.startsWith('context.') ? field : `params.${field}`
}

function isExists({ operator }: Test): boolean {
  return operator === 'exists'
}

function testsOf(condition: Condition): readonly Test[] {
  switch (condition.kind) {
    case 'test':
      return [condition]
    case 'not':
      return testsOf(condition.of)
    case 'all':
    case 'any':
      return condition.of.flatMap(testsOf)
    default:
      return condition satisfies never
  }
}

function missesAbsent({ field, operatorName, span }: Test): Diagnostic {
  const message = `\`${operatorName}\` is false where ${quoted(field)} is missing, so this statement does not apply there`
  const help = `if such requests should be stopped too, add a statement with ${quoted(`${field}: { op: not_exists }`)}`
  return warning({ code: 'negative-misses-absent', span, message, help })
}
