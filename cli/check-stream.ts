/** The answers of `agsec check --ndjson`. */
import type { PlatformName } from '../runtime/agents/contract.js'
import type { Call, Request, ValueMap } from '../runtime/decide/request.js'
import type { Decision, Result } from '../runtime/decide/result.js'
import type { Mode, Outcome } from '../runtime/record/record.js'
import { parseAsked, type PlatformAsked } from './asked.js'
import { callOf, type MachineFacts, toolCallOf } from './calls.js'
import type { FollowedPolicy } from './followed-policy.js'
import type { Answerer } from './ndjson.js'
import { Remembered } from './remembered.js'

export interface StreamOptions {
  /** Who and where, for requests that do not say otherwise. */
  readonly context: ValueMap
  /** What a line is the hook input of that is one and does not say of which platform. */
  readonly platform?: PlatformName
  /** Answers tell what is to be done under the mode. */
  readonly outcome: boolean
  /** Puts a decision into the audit log. Throws where that fails. */
  readonly record?: (decided: Decided) => void
}

/** A decision as the audit log is told of it. */
export interface Decided {
  readonly tool: string
  readonly call: Call
  readonly result: Result
  readonly outcome: Outcome
  readonly mode: Mode
  readonly sourceDigest: string
}

/** What may change from one chunk of lines to the next. */
export interface Surroundings {
  readonly policy: FollowedPolicy
  readonly facts: Omit<MachineFacts, 'mode'>
  readonly mode: () => Mode
}

interface Answered {
  readonly result: Result
  readonly outcome: Outcome
  /** What is printed. */
  readonly text: string
}

/** Characters of requests and answers that are remembered, in each of two generations. */
const REMEMBERED = 4 * 1024 * 1024

export class CheckAnswerer implements Answerer {
  #facts: MachineFacts
  #mode: Mode
  readonly #answers = new Remembered<Answered>(REMEMBERED)

  constructor(
    private readonly around: Surroundings,
    private readonly options: StreamOptions,
  ) {
    this.#mode = around.mode()
    this.#facts = { ...around.facts, mode: this.#mode }
  }

  /** A new policy and a new mode count from the next chunk on. */
  begin(): void {
    const mode = this.around.mode()
    if (!this.around.policy.renew() && mode === this.#mode) return
    this.#mode = mode
    this.#facts = { ...this.around.facts, mode }
    this.#answers.clear()
  }

  answer(json: unknown): string {
    const asked = parseAsked(json, this.options.platform)
    return asked.kind === 'request' ? this.#answerRequest(this.#withContext(asked.request)) : this.#answerPlatform(asked)
  }

  /**
   * INVARIANT: the answer to a request depends on the request, the policy, the mode and what is fixed for the process, since no file is
   * looked at; and JSON of what JSON was parsed to is the same for equal values only. So what was answered once may be said again.
   */
  #answerRequest(request: Request): string {
    const key = JSON.stringify([request.action, request.params, request.context])
    const known = this.#answers.get(key)
    const answered = known ?? this.#decide(callOf({ kind: 'request', request }, this.#facts))
    if (known === undefined) this.#answers.keep(key, answered, answered.text.length)
    return this.#recorded(answered, request.action, [{ role: 'whole', request }])
  }

  /** Never remembered: files are looked at. */
  #answerPlatform(asked: PlatformAsked): string {
    const { tool, call } = toolCallOf(asked, this.#facts)
    return this.#recorded(this.#decide(call), tool, call)
  }

  #withContext(request: Request): Request {
    return { ...request, context: { ...this.options.context, ...request.context } }
  }

  #decide(call: Call): Answered {
    const result = this.around.policy.deciding.decide(call)
    const outcome = this.#outcome(call, result)
    const shown = this.options.outcome ? { ...result, outcome, mode: this.#mode } : result
    return { result, outcome, text: JSON.stringify(shown) }
  }

  /** As in the hook: halt stops everything, observe what agsec's protection of itself objects to. */
  #outcome(call: Call, result: Result): Outcome {
    switch (this.#mode) {
      case 'halt':
        return 'denied'
      case 'observe':
        return OUTCOMES[this.around.policy.deciding.decide(call, { protectionOnly: true }).decision]
      case 'enforce':
        return OUTCOMES[result.decision]
    }
  }

  #recorded({ result, outcome, text }: Answered, tool: string, call: Call): string {
    const { sourceDigest } = this.around.policy.deciding
    this.options.record?.({ tool, call, result, outcome, mode: this.#mode, sourceDigest })
    return text
  }
}

const OUTCOMES: Readonly<Record<Decision, Outcome>> = { allow: 'allowed', review: 'asked', deny: 'denied' }
