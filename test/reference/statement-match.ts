/** Where a statement applies, and where it possibly applies. */
import type { ActionGlob, Policy, Statement } from '../../compiler/ast.js'
import { AbstractString } from '../../runtime/decide/abstract-string.js'
import type { ExpandedRequest } from '../../runtime/decide/request.js'
import type { Certainty, Effect, PossibleOutcome } from '../../runtime/decide/result.js'
import { type EvaluatedTest, type Evaluation, evaluate } from './condition.js'
import { detailOf } from './detail.js'
import { globPattern } from './glob.js'
import { matchesText } from './match-text.js'
import { remembering } from './remembering.js'
import { allOf, anyOf, type Truth } from './truth.js'

export interface Found {
  readonly statement: Statement
  readonly expanded: ExpandedRequest
  readonly outcome: Effect
  readonly certainty: Certainty
  readonly detail: string
}

const actionMatches = remembering((glob: string, action: string) => matchesText(globPattern(glob), action))

/** No match or one. */
export function matchesOf(statement: Statement, expanded: ExpandedRequest, isSubject: boolean, policy: Policy): readonly Found[] {
  if (statement.effect === 'allow' && !isSubject) return []
  if (!speaksOf(statement, expanded.request.action)) return []
  const evaluations = requestsOf(expanded).map(request => evaluate(statement.condition, request))
  const value = combined(statement.effect, evaluations)
  if (value === 'false') return []
  if (value === 'true' && expanded.beneath !== true) {
    return [{ statement, expanded, outcome: statement.effect, certainty: 'definite', detail: detailOf(evaluations, value) }]
  }
  const outcome = possibleOutcome(statement, policy, expanded, evaluations)
  return outcome === 'ignore' ? [] : [{ statement, expanded, outcome, certainty: 'possible', detail: detailOf(evaluations, value) }]
}

function speaksOf({ actions, notActions }: Statement, action: string): boolean {
  const matches = ({ glob }: ActionGlob) => actionMatches(glob, action)
  return actions.some(matches) && !notActions.some(matches)
}

/** The request as written, and under its real path where that differs. */
function requestsOf({ request, real }: ExpandedRequest): readonly ExpandedRequest['request'][] {
  return real === undefined ? [request] : [request, real]
}

/** Denied or reviewed if either path is, allowed only if both are. */
function combined(effect: Effect, evaluations: readonly Evaluation[]): Truth {
  const values = evaluations.map(evaluation => evaluation.value)
  return effect === 'allow' ? allOf(values) : anyOf(values)
}

/** An uncertain allow is none; an uncertain deny or review is at most itself. */
function possibleOutcome(
  statement: Statement,
  policy: Policy,
  expanded: ExpandedRequest,
  evaluations: readonly Evaluation[],
): PossibleOutcome {
  if (statement.effect === 'allow') return 'ignore'
  const onPossible = statement.onPossible ?? policy.onPossible ?? 'review'
  const onUnknown = statement.onUnknown ?? policy.onUnknown ?? onPossible
  const chosen = expanded.beneath === true || isNothingKnown(evaluations) ? onUnknown : onPossible
  return lessStrict(statement.effect, chosen)
}

function lessStrict(a: PossibleOutcome, b: PossibleOutcome): PossibleOutcome {
  return (['ignore', 'review'] as const).find(outcome => outcome === a || outcome === b) ?? 'deny'
}

/** Whether all that is unknown is unknown because its operand, or an element of it, could be any text. */
function isNothingKnown(evaluations: readonly Evaluation[]): boolean {
  const uncertain = evaluations.filter(evaluation => evaluation.value === 'unknown')
  return uncertain.flatMap(evaluation => evaluation.tests.filter(test => test.value === 'unknown')).every(isUnrestricted)
}

function isUnrestricted({ operand }: EvaluatedTest): boolean {
  const unsure = [operand].flat().filter(each => each instanceof AbstractString)
  return unsure.length > 0 && unsure.every(each => each.isUnrestricted)
}
