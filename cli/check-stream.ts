/** The answers of `agsec check --ndjson`. */
import type { PlatformName } from '../runtime/agents/contract.js'
import { messageOf } from '../runtime/agents/message.js'
import type { Call, Request, ValueMap } from '../runtime/decide/request.js'
import type { Decision, Result } from '../runtime/decide/result.js'
import type { Mode, Outcome, RecordInput } from '../runtime/record/record.js'
import { parseAsked, type PlatformAsked } from './asked.js'
import { callHere, callOf, type MachineFacts, toolCallOf, underContext } from './calls.js'
import type { FollowedPolicy } from './followed-policy.js'
import { type FileWatch, watched } from './watched-files.js'
import type { Answerer } from './ndjson.js'
import { Remembered } from './remembered.js'
import { callOfTool, isToolLine, type ToolLine, toolLineOf } from './tool-line.js'

export interface StreamOptions {
  /** Who and where, for requests that do not say otherwise. */
  readonly context: ValueMap
  /** What a line is the hook input of that is one and does not say of which platform. */
  readonly platform?: PlatformName
  /** Answers tell what is to be done under the mode. */
  readonly outcome: boolean
  /** Files are looked at, as hooks do it: links, scripts about to run. */
  readonly files: boolean
  /** Puts a decision into the audit log. Throws where that fails. */
  readonly record?: (decided: Decided) => void
}

/** A decision as the audit log is told of it. */
export type Decided = Omit<RecordInput, 'timeMs' | 'approval'>

/** What may change from one chunk of lines to the next. */
export interface Surroundings {
  readonly policy: FollowedPolicy
  readonly facts: Omit<MachineFacts, 'mode'>
  readonly mode: () => Mode
}

/** What a decided line is called, and what it asks. */
interface Asking {
  readonly tool: string
  readonly call: () => Call
  /** More for the answer than the result. */
  readonly also?: (result: Result, call: Call) => object
}

interface Answered {
  readonly result: Result
  /** The request as the log is told of it. */
  readonly whole: Call
  readonly outcome: Outcome
  /** What is printed. */
  readonly text: string
}

/** Characters of requests and answers that are remembered, in each of two generations. */
const REMEMBERED = 4 * 1024 * 1024

export class CheckAnswerer implements Answerer {
  #facts: MachineFacts
  #mode: Mode
  readonly #watch: FileWatch
  readonly #answers = new Remembered<Answered>(REMEMBERED)

  constructor(
    private readonly around: Surroundings,
    private readonly options: StreamOptions,
  ) {
    this.#mode = around.mode()
    this.#watch = options.files ? watched(around.facts) : { looks: 0, facts: around.facts }
    this.#facts = { ...this.#watch.facts, mode: this.#mode }
  }

  /** A new policy and a new mode count from the next chunk on. */
  begin(): void {
    const mode = this.around.mode()
    if (!this.around.policy.renew() && mode === this.#mode) return
    this.#mode = mode
    this.#facts = { ...this.#watch.facts, mode }
    this.#answers.clear()
  }

  answer(json: unknown): string {
    if (isToolLine(json)) return this.#answerTool(toolLineOf(json))
    const asked = parseAsked(json, this.options.platform)
    return asked.kind === 'request' ? this.#answerRequest(underContext(asked.request, this.options.context)) : this.#answerPlatform(asked)
  }

  #answerRequest(request: Request): string {
    const key = JSON.stringify([request.action, request.params, request.context])
    const call = () => (this.options.files ? callHere(request, this.#facts) : callOf({ kind: 'request', request }, this.#facts))
    return this.#remembering(key, { tool: request.action, call })
  }

  #answerTool(line: ToolLine): string {
    const facts = { ...this.#facts, cwd: process.cwd(), ...(this.options.files ? {} : { realPath: (path: string) => path }) }
    const call = () => callOfTool(line, this.options.context, facts)
    const { tool, action, framework, input } = line
    const key = JSON.stringify([0, tool, action, framework, input, line.context])
    return this.#remembering(key, {
      tool,
      call,
      also: (result, [whole]) => ({ action: whole?.request.action, message: messageOf(result) }),
    })
  }

  #answerPlatform(asked: PlatformAsked): string {
    const { tool, call } = toolCallOf(asked, this.#facts)
    return this.#recorded(this.#decide({ tool, call: () => call }), tool)
  }

  /**
   * INVARIANT: an answer depends on what is asked, the policy, the mode, what is fixed for the process, and the files that were looked at.
   * So where none was, what was answered once may be said again: JSON of what JSON was parsed to is the same for equal values only, but for
   * `null` and numbers too large for one, which it writes as `null`.
   */
  #remembering(key: string, asking: Asking): string {
    if (key.includes('null')) return this.#recorded(this.#decide(asking), asking.tool)
    const known = this.#answers.get(key)
    if (known !== undefined) return this.#recorded(known, asking.tool)
    const { looks } = this.#watch
    const answered = this.#decide(asking)
    if (looks === this.#watch.looks) this.#answers.keep(key, answered, answered.text.length)
    return this.#recorded(answered, asking.tool)
  }

  #decide({ call: makeCall, also }: Asking): Answered {
    const call = makeCall()
    const result = this.around.policy.deciding.decide(call)
    const outcome = this.#outcome(call, result)
    const more = { ...also?.(result, call), ...(this.options.outcome ? { outcome, mode: this.#mode } : {}) }
    return { result, outcome, whole: call.slice(0, 1), text: JSON.stringify({ ...result, ...more }) }
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

  #recorded({ result, outcome, text, whole }: Answered, tool: string): string {
    const { sourceDigest } = this.around.policy.deciding
    this.options.record?.({ tool, call: whole, result, outcome, mode: this.#mode, sourceDigest })
    return text
  }
}

const OUTCOMES: Readonly<Record<Decision, Outcome>> = { allow: 'allowed', review: 'asked', deny: 'denied' }
