/** From a call to its result: deny beats review beats allow, and uncertainty never turns a deny into an allow. */
import { candidatesOf } from './candidates.js'
import type { DecideOptions } from './decider.js'
import { detailOf, isNothingKnown } from './detail.js'
import type { Evaluation } from './evaluation.js'
import { formulaValue } from './formula.js'
import { and, FALSE, type Kleene, or, TRUE, UNKNOWN } from './kleene.js'
import type { OpenTable } from './open-table.js'
import type { Call, ExpandedRequest } from './request.js'
import type { Certainty, Effect, Match, PossibleOutcome, Result } from './result.js'
import { named, type TableStatement } from './statement.js'
import { EFFECTS, type Table } from './table.js'

/** A match and what orders and tells it. */
interface Found {
  readonly match: Match
  readonly statement: TableStatement
  readonly index: number
}

/** The strictness of effects and outcomes. */
const STRICTNESS: Readonly<Record<Effect | 'ignore', number>> = { ignore: -1, allow: 0, review: 1, deny: 2 }

export function decideCall(policy: OpenTable, call: Call, options: DecideOptions): Result {
  const hasParts = call.some(expanded => expanded.role === 'part')
  const effectsFull = policy.table.setting('effectsFull') === 1
  const found: Found[] = []
  const defaulted: ExpandedRequest[] = []
  for (const expanded of call) {
    const subject = isSubject(expanded, hasParts, effectsFull)
    if (!addMatches(policy, expanded, subject, options, found) && subject) defaulted.push(expanded)
  }
  // Sorting is stable: the matches of one statement stay in the order of the call's requests.
  if (call.length > 1) found.sort((a, b) => a.index - b.index)
  return combine(found, defaulted, options.protectionOnly ? 'allow' : named(EFFECTS, policy.table.setting('defaultEffect')))
}

/** Whether allow statements and the default speak about this request of the call. */
function isSubject({ role }: ExpandedRequest, hasParts: boolean, effectsFull: boolean): boolean {
  return role === 'part' || (role === 'effect' ? effectsFull : !hasParts)
}

/** Adds the matches of one request, in statement order; tells whether one of them is definite. */
function addMatches(policy: OpenTable, expanded: ExpandedRequest, subject: boolean, options: DecideOptions, found: Found[]): boolean {
  const written = policy.written.begin(expanded.request)
  const real = expanded.real && policy.real.begin(expanded.real)
  let definite = false
  for (const index of statementsOf(policy, options, expanded.request.action, real ? [written, real] : [written])) {
    const statement = policy.statements.get(index)
    if ((options.protectionOnly && !statement.protection) || (!subject && statement.effect === 'allow')) continue
    const match = matchOf(policy.table, statement, { expanded, written, real })
    if (match === undefined) continue
    found.push({ match, statement, index })
    if (match.certainty === 'definite') definite = true
  }
  return definite
}

function statementsOf(policy: OpenTable, options: DecideOptions, action: string, evaluations: readonly Evaluation[]): readonly number[] {
  if (!options.noIndex) return candidatesOf(policy, action, evaluations)
  return policy.index.allStatements().filter(statement => policy.index.covers(statement, action))
}

/** One request under evaluation: as written and, where it differs, under its real path. */
interface Subject {
  readonly expanded: ExpandedRequest
  readonly written: Evaluation
  readonly real: Evaluation | undefined
}

function matchOf(table: Table, statement: TableStatement, subject: Subject): Match | undefined {
  const value = conditionValue(table, statement, subject)
  if (value === FALSE) return undefined
  const { sid, effect, source } = statement
  const definite = value === TRUE && subject.expanded.beneath !== true
  if (effect === 'allow' && !definite) return undefined
  const outcome = definite ? effect : possibleOutcome(table, statement, subject, value)
  if (outcome === 'ignore') return undefined
  const certainty: Certainty = definite ? 'definite' : 'possible'
  return {
    sid,
    effect,
    outcome,
    certainty,
    request: subject.expanded.role,
    detail: detailOf(table, statement, subject.written, subject.real, value),
    source,
  }
}

/** Deny and review apply if either path makes them, allow only if both do. */
function conditionValue(table: Table, { formula, effect }: TableStatement, { written, real }: Subject): Kleene {
  const asWritten = formulaValue(table, formula, written)
  if (real === undefined) return asWritten
  const combineBoth = effect === 'allow' ? and : or
  return combineBoth(asWritten, formulaValue(table, formula, real))
}

function possibleOutcome(table: Table, statement: TableStatement, { expanded, written, real }: Subject, value: Kleene): Effect | 'ignore' {
  const unknown = expanded.beneath === true || (value === UNKNOWN && isNothingKnown(table, statement, [written, real]))
  return lessStrict(statement.effect, unknown ? statement.onUnknown : statement.onPossible)
}

function lessStrict(effect: Effect, outcome: PossibleOutcome): Effect | 'ignore' {
  return STRICTNESS[effect] <= STRICTNESS[outcome] ? effect : outcome
}

/** The strictest of all outcomes and default verdicts, told by the first match that has it. */
function combine(found: readonly Found[], defaulted: readonly ExpandedRequest[], fallback: Effect): Result {
  let decision: Effect = defaulted.length > 0 ? fallback : 'allow'
  for (const { match } of found) if (STRICTNESS[match.outcome] > STRICTNESS[decision]) decision = match.outcome
  const deciding = firstOf(found, decision, 'definite') ?? firstOf(found, decision, 'possible')
  const matched = found.map(one => one.match)
  if (deciding === undefined) return { decision, sid: null, reason: defaultVerdict(defaulted, decision), certainty: 'definite', matched }
  const { sid, reason, guidance } = deciding.statement
  const { certainty } = deciding.match
  return guidance === undefined ? { decision, sid, reason, certainty, matched } : { decision, sid, reason, guidance, certainty, matched }
}

function firstOf(found: readonly Found[], outcome: Effect, certainty: Certainty): Found | undefined {
  return found.find(({ match }) => match.outcome === outcome && match.certainty === certainty)
}

function defaultVerdict(defaulted: readonly ExpandedRequest[], decision: Effect): string {
  return `No statement applies to \`${defaulted[0]?.request.action ?? ''}\`; the default is ${decision}`
}
