/**
 * Policies in layers, as the language page tells it: for each part every layer answers allow, review, deny or nothing; the
 * strictest answer wins, and no answer at all is deny.
 */
import type { Policy } from '../../compiler/ast.js'
import type { LayerTraits } from '../../runtime/decide/layers.js'
import type { Call, ExpandedRequest } from '../../runtime/decide/request.js'
import type { Effect, Result } from '../../runtime/decide/result.js'
import { explained, isSubject, matchText, strictest } from './decide-reference.js'
import { type Found, matchesOf } from './statement-match.js'

export interface ReferenceLayer {
  /** Absent where there is but one. */
  readonly name?: string
  readonly policy: Policy
  /** The one agent whose calls it is about. */
  readonly agent?: string
  /** A project's that nobody trusted: what it allows it does not say, and where the others say nothing it is not enough that it does. */
  readonly untrusted?: boolean
  /** Enforced in every mode. */
  readonly always?: boolean
}

/** Layers as the compiler has them, as the language speaks of them. */
export function referenceLayers(layers: readonly { readonly traits: LayerTraits; readonly policy: Policy }[]): readonly ReferenceLayer[] {
  return layers.map(({ traits: { name, agent, always, tightens }, policy }) => ({
    name,
    policy,
    untrusted: tightens === true,
    always: always === true,
    ...(agent === undefined ? {} : { agent }),
  }))
}

/** What a layer says of one request of the call, and what says so. */
interface Answer {
  readonly layer: ReferenceLayer
  readonly expanded: ExpandedRequest
  readonly found: readonly Found[]
  /** What its default says; absent where a statement definitely speaks, where none is written, or where it is not asked. */
  readonly default?: Effect
  /** Whether it says anything that counts. */
  readonly speaks: boolean
}

/**
 * @param layers the most general first
 * @param silence what it means that none of them says anything
 */
export function decideLayers(layers: readonly ReferenceLayer[], call: Call, silence: Effect = 'deny'): Result {
  const agent = call[0]?.request.context['agent']
  const heard = layers.filter(layer => layer.agent === undefined || layer.agent === agent)
  const answers = heard.flatMap(layer => call.map(expanded => answerOf(layer, expanded, call)))
  const found = heard.flatMap(layer => inStatementOrder(layer, answers))
  const silent = call.filter(expanded => isUnanswered(expanded, heard, answers, call))
  const outcomes = [...found.map(one => one.outcome), ...answers.flatMap(one => one.default ?? []), ...silent.map(() => silence)]
  const decision = strictest(outcomes) ?? strictest(heard.flatMap(defaultOf)) ?? silence
  const told = answers.find(one => one.default === decision) ?? { expanded: silent[0] }
  const name = 'layer' in told ? told.layer.name : undefined
  return { ...explained(decision, found, told.expanded, name), matched: found.map(matchText) }
}

function answerOf(layer: ReferenceLayer, expanded: ExpandedRequest, call: Call): Answer {
  const { policy } = layer
  const subject = isSubject(expanded, call, policy)
  const all = policy.statements.flatMap(statement => matchesOf(statement, expanded, subject, policy))
  const definite = all.filter(({ certainty }) => certainty === 'definite')
  const found = layer.untrusted === true ? all.filter(({ statement }) => statement.effect !== 'allow') : all
  const [said] = subject && definite.length === 0 ? defaultOf(layer) : []
  const speaks = subject && layer.untrusted !== true && (said !== undefined || definite.length > 0)
  return { layer, expanded, found, speaks, ...(said === undefined ? {} : { default: said }) }
}

/** None where none is written, or where it may not count. */
function defaultOf({ policy, untrusted }: ReferenceLayer): readonly Effect[] {
  return policy.default === undefined || (untrusted === true && policy.default === 'allow') ? [] : [policy.default]
}

/** The matches of a layer by statement, then by request. */
function inStatementOrder(layer: ReferenceLayer, answers: readonly Answer[]): readonly Found[] {
  const found = answers.filter(answer => answer.layer === layer).flatMap(answer => answer.found)
  return layer.policy.statements.flatMap(statement => found.filter(one => one.statement === statement))
}

/** Whether some layer is asked whether this is allowed, and none says anything. */
function isUnanswered(expanded: ExpandedRequest, heard: readonly ReferenceLayer[], answers: readonly Answer[], call: Call): boolean {
  return (
    heard.some(({ policy }) => isSubject(expanded, call, policy)) && !answers.some(answer => answer.expanded === expanded && answer.speaks)
  )
}

/**
 * What still enforces where nothing else does: agsec's protection of itself, and the layers that always do.
 * @param protection the sids of the statements that protect agsec
 */
export function decideAlways(layers: readonly ReferenceLayer[], protection: ReadonlySet<string>, call: Call): Result {
  const kept = layers.map(layer => (layer.always === true ? layer : { ...layer, policy: onlyProtection(layer.policy, protection) }))
  return decideLayers(kept, call, 'allow')
}

function onlyProtection({ effects, statements }: Policy, protection: ReadonlySet<string>): Policy {
  return { effects, statements: statements.filter(({ sid }) => protection.has(sid)) }
}
