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
  return restricting.flatMap(condition => slipping(condition, new Set(), true).filter(({ field }) => !asked.has(field))).map(missesAbsent)
}

/**
 * The negated tests that are false where their field is missing, and false is what keeps the statement from applying.
 * @param required fields that something positive is asked of besides: without one the statement does not apply anyway, and its author knows
 * @param upright under no `not`, or an even number of them: `not` turns the false over a missing field into true
 */
function slipping(condition: Condition, required: ReadonlySet<string>, upright: boolean): readonly Test[] {
  switch (condition.kind) {
    case 'test':
      return upright && condition.negated && !isExists(condition) && !required.has(longName(condition.field)) ? [condition] : []
    case 'not':
      return slipping(condition.of, required, !upright)
    case 'any':
      return condition.of.flatMap(part => slipping(part, required, upright))
    case 'all': {
      const fields = upright ? new Set([...required, ...positives(condition)]) : required
      return condition.of.flatMap(part => slipping(part, fields, upright))
    }
    default:
      return condition satisfies never
  }
}

function positives(condition: Condition): readonly string[] {
  if (condition.kind === 'all') return condition.of.flatMap(positives)
  return condition.kind === 'test' && !condition.negated ? [longName(condition.field)] : []
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
