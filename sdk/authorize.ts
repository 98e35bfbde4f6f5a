/** From a tool call to a verdict. Nothing here throws: whatever goes wrong is a refusal. */
import type { HostFacts } from '../runtime/agents/contract.js'
import type { Call, ValueMap } from '../runtime/decide/request.js'
import type { Result } from '../runtime/decide/result.js'
import type { EmbeddedPolicy } from '../runtime/host/embedded.js'
import { record } from './audit.js'
import { type ContextOf, DEFAULT_AGENT } from './context.js'
import type { Decision, Verdict } from './contract.js'
import { PolicyViolationError } from './errors.js'
import { failedDecision, failureResult, reasonOf } from './failure.js'
import type { Machine } from './machine.js'
import type { GuardOptions, Mode } from './options.js'
import { type Approved, askForReview } from './review.js'

/** Longer names are no model's to say. */
export const LONGEST_NAME = 512

/** What a guard works with. */
export interface Guarding {
  readonly policy: EmbeddedPolicy
  readonly machine: Machine
  readonly options: GuardOptions
  readonly facts: HostFacts
  readonly contextOf: ContextOf
}

/** A call that has been read. */
export interface Asked {
  readonly tool: string
  readonly call: Call
  /** What the tool shall be given. */
  readonly given: ValueMap
}

export interface Judged extends Asked {
  readonly mode: Mode
  /** What the policy says. */
  readonly result: Result
  /** What counts, given the mode. */
  readonly enforced: Result
}

/** A call that is to be read. */
export interface Unread {
  /** The tool's name, for a call that cannot be read. */
  readonly tool: string
  /** Who calls, through what; it may throw. */
  readonly more: () => ValueMap
  /** It may throw, which refuses. */
  readonly read: () => Asked
}

export function authorizeCall(guarding: Guarding, unread: Unread): Verdict | Promise<Verdict> {
  const judged = judge(guarding, unread)
  const { onReview, reviewTimeoutMs } = guarding.options
  if (judged.enforced.decision !== 'review' || onReview === undefined) return settled(guarding, judged)
  const answer = askForReview(onReview, decisionOf(guarding.policy, judged), reviewTimeoutMs)
  return answer instanceof Promise ? answer.then(each => settled(guarding, judged, each)) : settled(guarding, judged, answer)
}

/** The same where nobody is asked. */
export function authorizeUnasked(guarding: Guarding, unread: Unread): Verdict {
  return settled(guarding, judge(guarding, unread))
}

function judge(guarding: Guarding, unread: Unread): Judged {
  try {
    const mode = modeOf(guarding)
    const asked = unread.read()
    const result = guarding.policy.decide(asked.call)
    const enforced = mode === 'observe' ? guarding.policy.decide(asked.call, { protectionOnly: true }) : result
    return { ...asked, mode, result, enforced: mode === 'halt' ? HALTED : enforced }
  } catch (error) {
    return undecided(guarding, unread, failureResult(reasonOf(error)))
  }
}

const HALTED: Result = failureResult('everything is halted until a person runs `agsec resume`')

/** A call that cannot be read or decided: in no mode does it run. */
function undecided(guarding: Guarding, { tool, more }: Unread, result: Result): Judged {
  const name = tool.slice(0, LONGEST_NAME)
  const request = { action: 'tool.other', params: { tool: name, malformed: true }, context: contextAnyway(guarding, name, more) }
  return { tool: name, call: [{ role: 'whole', request }], given: {}, mode: 'enforce', result, enforced: result }
}

/** What could not be decided may be just that: who calls. */
function contextAnyway({ contextOf, options: { agent = DEFAULT_AGENT } }: Guarding, tool: string, more: () => ValueMap): ValueMap {
  const known = attempted(more) ?? {}
  return attempted(() => contextOf(tool, known)) ?? { agent, ...known, tool }
}

function attempted<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

export function modeOf({ options: { mode }, machine }: Guarding): Mode {
  return mode === 'machine' ? machine.mode() : (mode ?? 'enforce')
}

function settled(guarding: Guarding, judged: Judged, answer?: Approved): Verdict {
  const { enforced, given, mode, tool } = judged
  const isAllowed = enforced.decision === 'allow' || (enforced.decision === 'review' && answer === true)
  try {
    const recorded = record(guarding, judged, isAllowed ? 'allowed' : 'denied', answer === true)
    if (isAllowed && !recorded && mode !== 'observe') return refusal(failedDecision(tool, 'the audit log cannot be written'))
    return isAllowed ? { kind: 'allowed', input: given } : refusal(decisionOf(guarding.policy, judged, answer))
  } catch (error) {
    return refusal(failedDecision(tool, error))
  }
}

function decisionOf(policy: EmbeddedPolicy, { tool, call, enforced }: Judged, answer?: Approved): Decision {
  const whole = call[0]?.request
  const said = policy.messageOf(enforced)
  const message = enforced.decision === 'review' ? `${said} ${unapproved(answer)}` : said
  return { tool, action: whole?.action ?? '', params: whole?.params ?? {}, context: whole?.context ?? {}, result: enforced, message }
}

function unapproved(answer: Approved | undefined): string {
  const why = typeof answer === 'string' ? `, and ${answer}` : ''
  return `This needs a person's approval${why}.`
}

export function refusal(decision: Decision): Verdict {
  return { kind: 'refused', message: decision.message, error: new PolicyViolationError(decision) }
}
