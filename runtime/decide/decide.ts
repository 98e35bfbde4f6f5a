/** From a call to its result: deny beats review beats allow, and uncertainty never turns a deny into an allow. */
import type { DecideOptions } from './decider.js'
import { detailOf, isNothingKnown } from './detail.js'
import type { Evaluation } from './evaluation.js'
import { formulaValue } from './formula.js'
import { and, FALSE, type Kleene, or, TRUE } from './kleene.js'
import { type Layer, layersFor } from './layers.js'
import type { OpenTable } from './open-table.js'
import type { Call, ExpandedRequest } from './request.js'
import type { Certainty, Effect, Match, PossibleOutcome, Result } from './result.js'
import type { StatementList } from './statement-list.js'
import { conditionOf, named, type TableStatement } from './statement.js'
import { EFFECTS, type Table } from './table.js'

/** A match and what orders and tells it. */
interface Found {
  readonly match: Match
  readonly statement: TableStatement
  readonly layer: number
  readonly index: number
}

/** What a default, or that nobody speaks, makes of a request. */
interface Left {
  readonly effect: Effect
  readonly expanded: ExpandedRequest
  /** Whose default it is, as the layers are numbered; one more than there are where nobody speaks. */
  readonly layer: number
}

/** A call while it is decided. */
interface Deciding {
  readonly layers: readonly Layer[]
  readonly options: DecideOptions
  readonly hasParts: boolean
  found: Found[] | undefined
  /** The strictest, of the first layer that has it, of its first request. */
  left: Left | undefined
}

/** What a layer is that says nothing. */
const SILENT = -1

/** The strictness of effects and outcomes: compared, since to look it up by name takes longer. */
function strictness(effect: Effect | 'ignore'): number {
  return effect === 'allow' ? 0 : effect === 'deny' ? 2 : effect === 'review' ? 1 : SILENT
}

export function decideCall(all: readonly Layer[], call: Call, options: DecideOptions): Result {
  const hasParts = call.length > 1 && call.some(({ role }) => role === 'part')
  const deciding: Deciding = { layers: layersFor(all, call), options, hasParts, found: undefined, left: undefined }
  for (const expanded of call) decideRequest(deciding, expanded)
  const { found } = deciding
  if (found === undefined) return leftToDefault(deciding)
  // Sorting is stable: the matches of one statement stay in the order of the call's requests.
  if (call.length > 1) found.sort((a, b) => a.layer - b.layer || a.index - b.index)
  return combine(deciding, found)
}

/** Every layer adds its matches; where one is asked that has no definite match it says what its default says, and where all are silent that is a deny. */
function decideRequest(deciding: Deciding, expanded: ExpandedRequest): void {
  const { layers, options } = deciding
  let isAsked = false
  let isAnswered = false
  for (let number = 0; number < layers.length; number++) {
    const layer = layers[number] as Layer // in bounds
    const policy = layer.policy()
    const subject = isSubject(expanded, deciding.hasParts, policy.effectsFull)
    let said = addMatches(deciding, number, policy, expanded, subject)
    if (!subject) continue
    isAsked = true
    const effect = defaultOf(layer, policy, options)
    if (said === SILENT && effect !== undefined) {
      said = strictness(effect)
      leave(deciding, { effect, expanded, layer: number })
    }
    // What only tightens is no answer where nobody else gives one: that is a deny.
    if (said !== SILENT && !layer.tightens) isAnswered = true
  }
  if (isAsked && !isAnswered) leave(deciding, { effect: silence(options), expanded, layer: layers.length })
}

function silence({ protectionOnly }: DecideOptions): Effect {
  return protectionOnly ? 'allow' : 'deny'
}

/** The default as far as it counts. */
function defaultOf({ tightens, always }: Layer, { defaultEffect }: OpenTable, { protectionOnly }: DecideOptions): Effect | undefined {
  return (tightens && defaultEffect === 'allow') || (protectionOnly && !always) ? undefined : defaultEffect
}

function leave(deciding: Deciding, left: Left): void {
  const known = deciding.left
  const stricter = known === undefined ? 1 : strictness(left.effect) - strictness(known.effect) || known.layer - left.layer
  if (stricter > 0) deciding.left = left
}

/** Whether allow statements and the default speak about this request of the call. */
function isSubject({ role }: ExpandedRequest, hasParts: boolean, effectsFull: boolean): boolean {
  return role === 'part' || (role === 'effect' ? effectsFull : !hasParts)
}

/** Adds a layer's matches of one request, in statement order; tells the strictness of the strictest that is definite. */
function addMatches(deciding: Deciding, layer: number, policy: OpenTable, expanded: ExpandedRequest, subject: boolean): number {
  const { layers, options } = deciding
  const { always, tightens } = layers[layer] as Layer // in bounds
  const written = policy.written.begin(expanded.request)
  const real = expanded.real && policy.real.begin(expanded.real)
  const candidates = statementsOf(policy, options, expanded.request.action, written, real)
  const protectionOnly = options.protectionOnly && !always
  let definite = SILENT
  for (let i = 0; i < candidates.length; i++) {
    const index = candidates.list[i] as number // in bounds
    const statement = policy.statements.get(index)
    if ((protectionOnly && !statement.protection) || (!subject && statement.effect === 'allow')) continue
    const match = matchOf(policy.table, statement, expanded, written, real)
    if (match === undefined) continue
    if (match.certainty === 'definite') definite = Math.max(definite, strictness(match.outcome))
    if (tightens && match.effect === 'allow') continue
    const one = { match, statement, layer, index }
    // An empty list would grow to many places at once.
    if (deciding.found === undefined) deciding.found = [one]
    else deciding.found.push(one)
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
  const outcome = definite ? effect : possibleOutcome(table, statement, expanded, written, real)
  if (outcome === 'ignore') return undefined
  const certainty: Certainty = definite ? 'definite' : 'possible'
  const { role: request, origin } = expanded
  const detail = detailOf(table, statement, written, real, value)
  return origin === undefined
    ? { sid, effect, outcome, certainty, request, detail, source }
    : { sid, effect, outcome, certainty, request, detail, source, origin }
}

/** Deny and review apply if either path makes them, allow only if both do. */
function conditionValue(table: Table, statement: TableStatement, written: Evaluation, real: Evaluation | undefined): Kleene {
  const condition = conditionOf(table, statement)
  const asWritten = formulaValue(condition, written)
  if (real === undefined) return asWritten
  const combineBoth = statement.effect === 'allow' ? and : or
  return combineBoth(asWritten, formulaValue(condition, real))
}

function possibleOutcome(
  table: Table,
  statement: TableStatement,
  expanded: ExpandedRequest,
  written: Evaluation,
  real: Evaluation | undefined,
): Effect | 'ignore' {
  const unknown = expanded.beneath === true || isNothingKnown(table, statement, [written, real])
  return lessStrict(statement.effect, unknown ? statement.onUnknown : statement.onPossible)
}

function lessStrict(effect: Effect, outcome: PossibleOutcome): Effect | 'ignore' {
  return strictness(effect) <= strictness(outcome) ? effect : outcome
}

/** The result where nothing matched: the default's, even of a call that asks nothing. */
function leftToDefault(deciding: Deciding): Result {
  const decision = deciding.left?.effect ?? defaultOfAll(deciding)
  return { decision, sid: null, reason: defaultVerdict(deciding, decision), certainty: 'definite', matched: [] }
}

function defaultOfAll({ layers, options }: Deciding): Effect {
  const effects = layers.map(layer => defaultOf(layer, layer.policy(), options))
  return (['deny', 'review', 'allow'] as const).find(effect => effects.includes(effect)) ?? silence(options)
}

/** The strictest of all outcomes and default verdicts, told by the first match that has it, a definite one if there is any. */
function combine(deciding: Deciding, found: readonly Found[]): Result {
  let strictest = deciding.left === undefined ? SILENT : strictness(deciding.left.effect)
  let first: Found | undefined
  for (let i = 0; i < found.length; i++) {
    const each = found[i] as Found // in bounds
    const own = strictness(each.match.outcome)
    if (own > strictest) {
      strictest = own
      first = undefined
    }
    const isSurer = first === undefined || (each.match.certainty === 'definite' && first.match.certainty !== 'definite')
    if (own === strictest && isSurer) first = each
  }
  const decision = named(EFFECTS, strictest)
  const matched = found.map(({ match }) => match)
  if (first === undefined) return { decision, sid: null, reason: defaultVerdict(deciding, decision), certainty: 'definite', matched }
  const { sid, reason, guidance } = first.statement
  const { certainty } = first.match
  return guidance === undefined ? { decision, sid, reason, certainty, matched } : { decision, sid, reason, guidance, certainty, matched }
}

/** A layer is named where it has a name: where there are several. */
function defaultVerdict({ layers, left }: Deciding, decision: Effect): string {
  const name = left && layers[left.layer]?.name
  const where = left?.expanded.origin === undefined ? '' : ` in \`${left.expanded.origin.text}\``
  const whose = name === undefined ? 'the' : `the ${name} layer's`
  return `No statement applies to \`${left?.expanded.request.action ?? ''}\`${where}; ${whose} default is ${decision}`
}
