/** What a guard is, for applications and for the integrations of frameworks. */
import type { Value, ValueMap } from '../runtime/decide/request.js'
import type { Result } from '../runtime/decide/result.js'
import type { PolicyViolationError } from './errors.js'

export type { Result, Value, ValueMap }

/** One tool call that a model asked for, as an integration sees it. */
export interface ToolUse {
  /** `openai`, `openai-agents`, `anthropic`, `claude-agent`, `langchain`, `vercel-ai`, or an application's own word. */
  readonly framework: string
  /** The tool's name as the model wrote it. */
  readonly name: string
  /** The arguments: a map, or the JSON text that the model wrote. What is or parses to anything but a map of data is refused. */
  readonly input: unknown
  /** The id of the tool call. */
  readonly id?: string
  /** More of what is known about the call, for the policy's conditions on `context`. */
  readonly context?: ValueMap
}

/** What was decided about one call, whole. */
export interface Decision {
  /** The tool as the model named it, or the action of a guarded function. */
  readonly tool: string
  /** `bash.execute`, `tool.send_email`; `tool.other` where the call could not be read. */
  readonly action: string
  readonly params: ValueMap
  readonly context: ValueMap
  readonly result: Result
  /** Reason, place in the policy and guidance, written for the model. */
  readonly message: string
}

export type Verdict =
  | {
      readonly kind: 'allowed'
      /** A copy of the arguments as they were decided: give the tool these rather than the originals, which somebody may change meanwhile. */
      readonly input: ValueMap
    }
  | {
      readonly kind: 'refused'
      /** For the model. */
      readonly message: string
      readonly error: PolicyViolationError
    }

/** Asked of calls that the policy puts to a person: `true` lets the call run, anything else does not. */
export type OnReview = (decision: Decision) => boolean | Promise<boolean>

export interface WrapOptions<A extends unknown[]> {
  readonly action: string
  /**
   * The parameters that the policy sees: the names of the arguments in their order, or a function of the arguments. By default the one
   * argument, which must then be a map. But for those of a function, the wrapped function is given a copy of the arguments that were decided.
   */
  readonly params?: readonly string[] | ((...args: A) => ValueMap)
  /** More for the policy's conditions on `context`. */
  readonly context?: ValueMap
  /** The function returns promises without being declared `async`: it then waits for reviews, and refusals are rejections. */
  readonly async?: boolean
}

export interface Guard {
  /** Why this guard refuses everything; undefined where its policy could be loaded. */
  readonly problem: string | undefined
  /**
   * What the policy says of a request. Synchronous; nothing is thrown for a deny, nobody is asked, nothing is recorded, and the mode counts
   * for nothing. What cannot be decided is a deny with its reason.
   */
  check(action: string, params?: unknown, context?: ValueMap): Result
  /**
   * Maps a tool call to an action, decides, asks `onReview`, records. Never throws, never rejects. A promise only where a person is asked, so
   * that a stream is not delayed.
   */
  authorize(use: ToolUse): Verdict | Promise<Verdict>
  /** The same where nobody can wait: a review is a refusal. */
  authorizeSync(use: ToolUse): Verdict
  /**
   * The function behind the policy. An async function (or one that is said to be) waits for reviews and rejects with the error; any other stays
   * synchronous and throws it, reviews being refusals.
   * @throws PolicyViolationError when the returned function is called and the call is refused
   */
  wrap<T, A extends unknown[], R>(fn: (this: T, ...args: A) => R, options: WrapOptions<A>): (this: T, ...args: A) => R
  /** `wrap` with the action alone. */
  guard<T, A extends unknown[], R>(action: string, fn: (this: T, ...args: A) => R): (this: T, ...args: A) => R
}
