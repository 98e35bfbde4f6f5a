/** The language page as a program: slow, short, and sharing nothing with what it is the measure of. */
import type { Policy, Statement } from '../../compiler/ast.js'
import { sourceLine } from '../../compiler/source.js'
import type { Call, ExpandedRequest } from '../../runtime/decide/request.js'
import type { Effect, Result } from '../../runtime/decide/result.js'
import { type Found, matchesOf } from './statement-match.js'

const BY_STRICTNESS = ['deny', 'review', 'allow'] as const

export function decideReference(policy: Policy, call: Call): Result {
  return resultOf(
    policy,
    call,
    policy.statements.flatMap(statement => foundBy(statement, policy, call)),
  )
}

/** The matches of one statement, in the order of requests. */
export function foundBy(statement: Statement, policy: Policy, call: Call): readonly Found[] {
  return call.flatMap(expanded => matchesOf(statement, expanded, isSubject(expanded, call, policy), policy))
}

/** @param found the matches of all statements, in their order */
export function resultOf(policy: Policy, call: Call, found: readonly Found[]): Result {
  const defaulted = call.filter(expanded => isSubject(expanded, call, policy) && !hasDefiniteMatch(expanded, found))
  const fallback = policy.default ?? 'deny'
  const outcomes = [...found.map(one => one.outcome), ...defaulted.map(() => fallback)]
  const decision = strictest(outcomes) ?? fallback
  return { ...explained(decision, found, defaulted[0]), matched: found.map(matchText) }
}

export function strictest(effects: readonly Effect[]): Effect | undefined {
  return BY_STRICTNESS.find(effect => effects.includes(effect))
}

/** Allow statements and the default speak about the parts, or the whole where there are none; about effects only if asked to. */
export function isSubject({ role }: ExpandedRequest, call: Call, policy: Policy): boolean {
  if (role === 'effect') return policy.effects === 'full'
  return role === 'part' || !call.some(other => other.role === 'part')
}

function hasDefiniteMatch(expanded: ExpandedRequest, found: readonly Found[]): boolean {
  return found.some(one => one.expanded === expanded && one.certainty === 'definite')
}

/**
 * The deciding match comes first in the order definite, possible; then statements; then requests.
 * @param layer whose default it is that decides, where there are several
 */
export function explained(
  decision: Effect,
  found: readonly Found[],
  defaulted: ExpandedRequest | undefined,
  layer?: string,
): Omit<Result, 'matched'> {
  const deciding = found.filter(one => one.outcome === decision)
  const first = deciding.find(one => one.certainty === 'definite') ?? deciding[0]
  if (first === undefined) {
    const where = defaulted?.origin === undefined ? '' : ` in \`${defaulted.origin.text}\``
    const whose = layer === undefined ? 'the' : `the ${layer} layer's`
    const reason = `No statement applies to \`${defaulted?.request.action ?? ''}\`${where}; ${whose} default is ${decision}`
    return { decision, sid: null, reason, certainty: 'definite' }
  }
  const { sid, guidance } = first.statement
  const result = { decision, sid, reason: reasonOf(first.statement), certainty: first.certainty }
  return guidance === undefined ? result : { ...result, guidance }
}

function reasonOf({ reason, effect, sid }: Statement): string {
  const words = { allow: 'Allowed by', deny: 'Denied by', review: 'Review required by' }
  return reason ?? `${words[effect]} '${sid}'`
}

export function matchText({ statement, expanded, outcome, certainty, detail }: Found): Result['matched'][number] {
  const { sid, effect, span } = statement
  const match = { sid, effect, outcome, certainty, request: expanded.role, detail, source: sourceLine(span) }
  return expanded.origin === undefined ? match : { ...match, origin: expanded.origin }
}
