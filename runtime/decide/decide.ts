/** From a call to its result: deny beats review beats allow, and uncertainty never turns a deny into an allow. */
import type { DecideOptions } from './decider.js'
import { detailOf, isNothingKnown } from './detail.js'
import type { Evaluation } from './evaluation.js'
import { formulaValue } from './formula.js'
import { and, FALSE, type Kleene, or, TRUE, UNKNOWN } from './kleene.js'
import type { OpenTable } from './open-table.js'
import type { Call, ExpandedRequest } from './request.js'
import type { Certainty, Effect, Match, PossibleOutcome, Result } from './result.js'
import type { StatementList } from './statement-list.js'
import type { TableStatement } from './statement.js'
import type { Table } from './table.js'

/** A match and what orders and tells it. */
interface Found {
  readonly match: Match
  readonly statement: TableStatement
  readonly index: number
}

/** The strictness of effects and outcomes. */
const STRICTNESS: Readonly<Record<Effect | 'ignore', number>> = { ignore: -1, allow: 0, review: 1, deny: 2 }

export function decideCall(policy: OpenTable, call: Call, options: DecideOptions): Result {
  const hasParts = call.length > 1 && call.some(({ role }) => role === 'part')
  const found: Found[] = []
  let defaulted: ExpandedRequest | undefined
  for (const expanded of call) {
    const subject = isSubject(expanded, hasParts, policy.effectsFull)
    if (!addMatches(policy, expanded, subject, options, found) && subject) defaulted ??= expanded
  }
  // Sorting is stable: the matches of one statement stay in the order of the call's requests.
  if (call.length > 1) found.sort((a, b) => a.index - b.index)
  const fallback = options.protectionOnly ? 'allow' : policy.defaultEffect
  return found.length === 0 ? leftToDefault(defaulted, fallback) : combine(found, defaulted, fallback)
}

/** Whether allow statements and the default speak about this request of the call. */
function isSubject({ role }: ExpandedRequest, hasParts: boolean, effectsFull: boolean): boolean {
  return role === 'part' || (role === 'effect' ? effectsFull : !hasParts)
}

/** Adds the matches of one request, in statement order; tells whether one of them is definite. */
function addMatches(policy: OpenTable, expanded: ExpandedRequest, subject: boolean, options: DecideOptions, found: Found[]): boolean {
  const written = policy.written.begin(expanded.request)
  const real = expanded.real && policy.real.begin(expanded.real)
  const candidates = statementsOf(policy, options, expanded.request.action, written, real)
  let definite = false
  for (let i = 0; i < candidates.length; i++) {
    const index = candidates.list[i] as number // in bounds
    const statement = policy.statements.get(index)
    if ((options.protectionOnly && !statement.protection) || (!subject && statement.effect === 'allow')) continue
    const match = matchOf(policy.table, statement, expanded, written, real)
    if (match === undefined) continue
    found.push({ match, statement, index })
    if (match.certainty === 'definite') definite = true
  }
  return definite
}

function statementsOf(
  { index, candidates }: OpenTable,
  options: DecideOptions,
  action: string,
  written: Evaluation,
  real: Evaluation | undefined,
): StatementList {
  if (!options.noIndex) return candidates.of(action, written, real)
  const list = index.allStatements().filter(statement => index.covers(statement, action))
  return { list, length: list.length }
}

/** @param real the evaluation under the real path, where that differs */
function matchOf(
  table: Table,
  statement: TableStatement,
  expanded: ExpandedRequest,
  written: Evaluation,
  real: Evaluation | undefined,
): Match | undefined {
  const value = conditionValue(table, statement, written, real)
  if (value === FALSE) return undefined
  const { sid, effect, source } = statement
  const definite = value === TRUE && expanded.beneath !== true
  if (effect === 'allow' && !definite) return undefined
  const outcome = definite ? effect : possibleOutcome(table, statement, expanded, written, real, value)
  if (outcome === 'ignore') return undefined
  const certainty: Certainty = definite ? 'definite' : 'possible'
  const match = {
    sid,
    effect,
    outcome,
    certainty,
    request: expanded.role,
    detail: detailOf(table, statement, written, real, value),
    source,
  }
  return expanded.origin === undefined ? match : { ...match, origin: expanded.origin }
}

/** Deny and review apply if either path makes them, allow only if both do. */
function conditionValue(table: Table, { formula, effect }: TableStatement, written: Evaluation, real: Evaluation | undefined): Kleene {
  const asWritten = formulaValue(table, formula, written)
  if (real === undefined) return asWritten
  const combineBoth = effect === 'allow' ? and : or
  return combineBoth(asWritten, formulaValue(table, formula, real))
}

function possibleOutcome(
  table: Table,
  statement: TableStatement,
  expanded: ExpandedRequest,
  written: Evaluation,
  real: Evaluation | undefined,
  value: Kleene,
): Effect | 'ignore' {
  const unknown = expanded.beneath === true || (value === UNKNOWN && isNothingKnown(table, statement, [written, real]))
  return lessStrict(statement.effect, unknown ? statement.onUnknown : statement.onPossible)
}

function lessStrict(effect: Effect, outcome: PossibleOutcome): Effect | 'ignore' {
  return STRICTNESS[effect] <= STRICTNESS[outcome] ? effect : outcome
}

/** The result where nothing matched: the default's, even of a call that asks nothing. @param defaulted the first request that was left to it */
function leftToDefault(defaulted: ExpandedRequest | undefined, fallback: Effect): Result {
  return { decision: fallback, sid: null, reason: defaultVerdict(defaulted, fallback), certainty: 'definite', matched: [] }
}

/** The strictest of all outcomes and default verdicts, told by the first match that has it. */
function combine(found: readonly Found[], defaulted: ExpandedRequest | undefined, fallback: Effect): Result {
  let decision: Effect = defaulted === undefined ? 'allow' : fallback
  const matched: Match[] = []
  for (let i = 0; i < found.length; i++) {
    const { match } = found[i] as Found // in bounds
    matched.push(match)
    if (STRICTNESS[match.outcome] > STRICTNESS[decision]) decision = match.outcome
  }
  const deciding = firstOf(found, decision, 'definite') ?? firstOf(found, decision, 'possible')
  if (deciding === undefined) return { decision, sid: null, reason: defaultVerdict(defaulted, decision), certainty: 'definite', matched }
  const { sid, reason, guidance } = deciding.statement
  const { certainty } = deciding.match
  return guidance === undefined ? { decision, sid, reason, certainty, matched } : { decision, sid, reason, guidance, certainty, matched }
}

function firstOf(found: readonly Found[], outcome: Effect, certainty: Certainty): Found | undefined {
  return found.find(({ match }) => match.outcome === outcome && match.certainty === certainty)
}

function defaultVerdict(defaulted: ExpandedRequest | undefined, decision: Effect): string {
  const where = defaulted?.origin === undefined ? '' : ` in \`${defaulted.origin.text}\``
  return `No statement applies to \`${defaulted?.request.action ?? ''}\`${where}; the default is ${decision}`
}
