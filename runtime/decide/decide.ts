/** From a call to its result: deny beats review beats allow, and uncertainty never turns a deny into an allow. */
import type { ActionIndex } from './action-index.js'
import { candidatesOf } from './candidates.js'
import { AbstractString, showString } from './abstract-string.js'
import type { DecideOptions } from './decider.js'
import { type Constants, Evaluation } from './evaluation.js'
import { formulaTests, formulaValue } from './formula.js'
import { and, FALSE, type Kleene, or, TRUE, UNKNOWN } from './kleene.js'
import type { Call, ExpandedRequest } from './request.js'
import type { Certainty, Effect, Match, PossibleOutcome, Result } from './result.js'
import { effectOf, formulaOf, isProtection, named, readStatement, type TableStatement } from './statement.js'
import { EFFECTS, SECTION, type Table, TEST_WORDS } from './table.js'

/** What deciding needs of an opened table. */
export interface OpenTable {
  readonly table: Table
  readonly index: ActionIndex
  readonly constants: Constants
}

/** A match with what orders and explains it. */
interface Found extends Match {
  readonly statement: number
  readonly position: number
  readonly guidance: string | undefined
  readonly reason: string
}

/** The strictness of effects and outcomes. */
const STRICTNESS: Readonly<Record<Effect | 'ignore', number>> = { ignore: -1, allow: 0, review: 1, deny: 2 }

export function decideCall(policy: OpenTable, call: Call, options: DecideOptions): Result {
  const matches: Found[] = []
  const defaulted: ExpandedRequest[] = []
  call.forEach((expanded, position) => {
    const subject = isSubject(policy, call, expanded)
    const found = matchesOf(policy, expanded, position, subject, options)
    if (subject && !found.some(match => match.certainty === 'definite')) defaulted.push(expanded)
    matches.push(...found)
  })
  matches.sort((a, b) => a.statement - b.statement || a.position - b.position)
  return combine(matches, defaulted, options.protectionOnly ? 'allow' : named(EFFECTS, policy.table.setting('defaultEffect')))
}

/** Whether allow statements and the default speak about this request of the call. */
function isSubject(policy: OpenTable, call: Call, expanded: ExpandedRequest): boolean {
  if (expanded.role === 'part') return true
  if (expanded.role === 'effect') return policy.table.setting('effectsFull') === 1
  return !call.some(other => other.role === 'part')
}

function matchesOf(
  policy: OpenTable,
  expanded: ExpandedRequest,
  position: number,
  subject: boolean,
  options: DecideOptions,
): readonly Found[] {
  const { table, constants } = policy
  const written = new Evaluation(table, constants, expanded.request)
  const real = expanded.real && new Evaluation(table, constants, expanded.real)
  const found: Found[] = []
  for (const statement of statementsOf(policy, options, real ? [written, real] : [written])) {
    if (options.protectionOnly && !isProtection(table, statement)) continue
    if (!subject && effectOf(table, statement) === 'allow') continue
    const match = matchOf(table, statement, { expanded, position, written, real })
    if (match !== undefined) found.push(match)
  }
  return found
}

function statementsOf({ table, index }: OpenTable, options: DecideOptions, evaluations: readonly Evaluation[]): readonly number[] {
  if (!options.noIndex) return candidatesOf(table, index, evaluations)
  return index.allStatements().filter(statement => evaluations.some(({ request }) => index.covers(statement, request.action)))
}

/** One request under evaluation: as written and, where it differs, under its real path. */
interface Subject {
  readonly expanded: ExpandedRequest
  readonly position: number
  readonly written: Evaluation
  readonly real: Evaluation | undefined
}

function matchOf(table: Table, statement: number, subject: Subject): Found | undefined {
  const value = conditionValue(table, statement, subject)
  if (value === FALSE) return undefined
  const effect = effectOf(table, statement)
  const definite = value === TRUE && subject.expanded.beneath !== true
  if (effect === 'allow' && !definite) return undefined
  const known = readStatement(table, statement)
  const outcome = definite ? effect : possibleOutcome(table, known, subject, value)
  if (outcome === 'ignore') return undefined
  return {
    sid: known.sid,
    effect,
    outcome,
    certainty: definite ? 'definite' : 'possible',
    request: subject.expanded.role,
    detail: detailOf(table, known.formula, subject, value),
    source: known.source,
    statement,
    position: subject.position,
    guidance: known.guidance,
    reason: known.reason ?? defaultReason(known),
  }
}

/** Deny and review apply if either path makes them, allow only if both do. */
function conditionValue(table: Table, statement: number, { written, real }: Subject): Kleene {
  const formula = formulaOf(table, statement)
  const asWritten = formulaValue(table, formula, written)
  if (real === undefined) return asWritten
  const combineBoth = effectOf(table, statement) === 'allow' ? and : or
  return combineBoth(asWritten, formulaValue(table, formula, real))
}

function possibleOutcome(table: Table, statement: TableStatement, subject: Subject, value: Kleene): Effect | 'ignore' {
  const unknown = subject.expanded.beneath === true || (value === UNKNOWN && nothingKnown(table, statement.formula, subject))
  return lessStrict(statement.effect, unknown ? statement.onUnknown : statement.onPossible)
}

function lessStrict(effect: Effect, outcome: PossibleOutcome): Effect | 'ignore' {
  return STRICTNESS[effect] <= STRICTNESS[outcome] ? effect : outcome
}

/** Whether every test that came out unknown looked at one single unrestricted hole, in every evaluation that came out unknown. */
function nothingKnown(table: Table, formula: number, { written, real }: Subject): boolean {
  return [written, real].every(evaluation => {
    if (evaluation === undefined || formulaValue(table, formula, evaluation) !== UNKNOWN) return true
    return formulaTests(table, formula).every(test => evaluation.test(test) !== UNKNOWN || isUnrestricted(evaluation, test))
  })
}

function isUnrestricted(evaluation: Evaluation, test: number): boolean {
  const operand = evaluation.operand(test)
  return operand instanceof AbstractString && operand.isUnrestricted
}

/** The first test that has the condition's value, on the first evaluation that has it, in words. */
function detailOf(table: Table, formula: number, { written, real }: Subject, value: Kleene): string {
  const evaluation = real !== undefined && formulaValue(table, formula, written) !== value ? real : written
  const test = formulaTests(table, formula).find(candidate => evaluation.test(candidate) === value)
  if (test === undefined) return ''
  const words = testWords(table, test)
  return value === UNKNOWN ? `${words}: ${whyUnknown(evaluation, test)}` : words
}

/** The test as people read it: field, operator, value. */
export function testWords(table: Table, test: number): string {
  return table.text(table.word(SECTION.tests, test * TEST_WORDS + 4))
}

function whyUnknown(evaluation: Evaluation, test: number): string {
  const operand = evaluation.operand(test)
  return operand instanceof AbstractString ? `known only as \`${showString(operand)}\`` : 'cannot be told from this value'
}

const VERBS: Readonly<Record<Effect, string>> = { allow: 'Allowed', deny: 'Denied', review: 'Review required' }

function defaultReason({ effect, sid }: TableStatement): string {
  return `${VERBS[effect]} by '${sid}'`
}

/** The strictest of all outcomes and default verdicts, told by the first match that has it. */
function combine(matches: readonly Found[], defaulted: readonly ExpandedRequest[], fallback: Effect): Result {
  let decision: Effect = defaulted.length > 0 ? fallback : 'allow'
  for (const match of matches) if (STRICTNESS[match.outcome] > STRICTNESS[decision]) decision = match.outcome
  const deciding = firstOf(matches, decision, 'definite') ?? firstOf(matches, decision, 'possible')
  const matched = matches.map(toMatch)
  if (deciding === undefined) return { decision, sid: null, reason: defaultVerdict(defaulted, decision), certainty: 'definite', matched }
  const { sid, reason, guidance, certainty } = deciding
  return { decision, sid, reason, ...(guidance === undefined ? {} : { guidance }), certainty, matched }
}

function firstOf(matches: readonly Found[], outcome: Effect, certainty: Certainty): Found | undefined {
  return matches.find(match => match.outcome === outcome && match.certainty === certainty)
}

function toMatch({ sid, effect, outcome, certainty, request, detail, source }: Found): Match {
  return { sid, effect, outcome, certainty, request, detail, source }
}

function defaultVerdict(defaulted: readonly ExpandedRequest[], decision: Effect): string {
  return `No statement applies to \`${defaulted[0]?.request.action ?? ''}\`; the default is ${decision}`
}
