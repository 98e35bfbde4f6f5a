/**
 * A middleware for models (`wrapLanguageModel`): calls are decided where the model's answer comes in, before anybody is shown them. It is for tools
 * without `execute`, which run somewhere else. The parts of answers: `LanguageModelV2`, `V3` and `V4` of @ai-sdk/provider.
 */
import type { Guard } from './contract.js'
import { FRAMEWORK } from './vercel-ai-tools.js'

export interface MiddlewareOptions {
  /** The names of the tools whose calls are decided here. Absent: every call that the provider does not run itself. */
  readonly tools?: readonly string[]
}

export interface GuardMiddleware {
  readonly specificationVersion: 'v3'
  wrapGenerate<Answer extends object>(call: { readonly doGenerate: () => PromiseLike<Answer> }): Promise<Answer>
  wrapStream<Answer extends { readonly stream: ReadableStream }>(call: { readonly doStream: () => PromiseLike<Answer> }): Promise<Answer>
}

/** `wrapLanguageModel({ model, middleware: agsecMiddleware(guard) })`. A refused call is text in its place, for the model and for the user. */
export function agsecMiddleware(guard: Guard, options: MiddlewareOptions = {}): GuardMiddleware {
  return {
    specificationVersion: 'v3',
    async wrapGenerate({ doGenerate }) {
      const answer = await doGenerate()
      return { ...answer, ...(await decidedAnswer(answer, new Decider(guard, options))) }
    },
    async wrapStream({ doStream }) {
      const answer = await doStream()
      return { ...answer, stream: decidedStream(answer.stream, new Decider(guard, options)) }
    },
  }
}

/** A part of an answer, or of its stream. */
interface Part {
  readonly type?: unknown
  readonly id?: unknown
  readonly toolCallId?: unknown
  readonly toolName?: unknown
  readonly input?: unknown
  readonly providerExecuted?: unknown
  readonly finishReason?: unknown
}

/** The calls of one answer. */
class Decider {
  #allowed = 0
  #refused = 0

  constructor(
    readonly guard: Guard,
    readonly options: MiddlewareOptions,
  ) {}

  decides({ toolName, providerExecuted }: Part): boolean {
    return providerExecuted !== true && (this.options.tools?.includes(String(toolName)) ?? true)
  }

  /** The call with the arguments that were decided, or what is said in its place. */
  async decide(call: Part): Promise<{ readonly call: Part } | { readonly message: string }> {
    const { toolName, toolCallId, input } = call
    if (!this.decides(call)) return this.#allow(call)
    // No arguments at all are a map without any to the SDK.
    const read = typeof input === 'string' && input.trim() === '' ? {} : input
    const verdict = await this.guard.authorize({ framework: FRAMEWORK, name: String(toolName), input: read, id: String(toolCallId) })
    if (verdict.kind === 'refused') {
      this.#refused++
      return { message: verdict.message }
    }
    return this.#allow({ ...call, input: JSON.stringify(verdict.input) })
  }

  #allow(call: Part) {
    this.#allowed++
    return { call }
  }

  /** An answer that is left without any call has ended. Older releases have a word, newer ones a map. */
  finishReason(reason: unknown): unknown {
    if (this.#refused === 0 || this.#allowed > 0) return reason
    if (reason === 'tool-calls') return 'stop'
    return typeof reason === 'object' && reason !== null && 'unified' in reason && reason.unified === 'tool-calls'
      ? { ...reason, unified: 'stop' }
      : reason
  }
}

async function decidedAnswer(answer: object, decider: Decider): Promise<object> {
  const { content, finishReason }: { readonly content?: readonly Part[]; readonly finishReason?: unknown } = answer
  const parts: object[] = []
  for (const part of content ?? []) {
    const decided = part.type === 'tool-call' ? await decider.decide(part) : { call: part }
    parts.push('message' in decided ? { type: 'text', text: decided.message } : decided.call)
  }
  return { content: parts, finishReason: decider.finishReason(finishReason) }
}

/** Asked for one part at a time: to push each through a stream of its own would take four times as long. */
function decidedStream(parts: ReadableStream<Part>, decider: Decider): ReadableStream<Part> {
  const reader = parts.getReader()
  const waiting: Waiting = new Map()
  async function pull(stream: ReadableStreamDefaultController<Part>): Promise<void> {
    // A stream that was given nothing is not asked again.
    for (let isGiven = false; !isGiven; ) {
      const { done, value } = await reader.read()
      if (done) return stream.close()
      const parts = isAboutCalls(value) ? await shown(value, decider, waiting) : [value]
      for (const part of parts) stream.enqueue(part)
      isGiven = parts.length > 0
    }
  }
  return new ReadableStream<Part>({ pull, cancel: reason => reader.cancel(reason) }, { highWaterMark: 0 })
}

/** The parts of a call's input, which wait for its end under the id of the call. One that never ends is never shown. */
type Waiting = Map<unknown, Part[]>

function isAboutCalls({ type }: Part): boolean {
  return (
    type === 'tool-call' || type === 'finish' || type === 'tool-input-start' || type === 'tool-input-delta' || type === 'tool-input-end'
  )
}

async function shown(part: Part, decider: Decider, waiting: Waiting): Promise<readonly Part[]> {
  const held = waiting.get(part.id)
  if (part.type === 'tool-input-start' && decider.decides(part)) {
    waiting.set(part.id, [part])
    return []
  }
  if ((part.type === 'tool-input-delta' || part.type === 'tool-input-end') && held !== undefined) {
    held.push(part)
    return []
  }
  if (part.type === 'finish') return [{ ...part, finishReason: decider.finishReason(part.finishReason) }]
  return part.type === 'tool-call' ? decidedCall(part, decider, waiting) : [part]
}

async function decidedCall(call: Part, decider: Decider, waiting: Waiting): Promise<readonly Part[]> {
  const decided = await decider.decide(call)
  if ('message' in decided) return textParts(`agsec-${String(call.toolCallId)}`, decided.message)
  return [...(waiting.get(call.toolCallId) ?? []), decided.call]
}

function textParts(id: string, delta: string): readonly (Part & { readonly delta?: string })[] {
  return [
    { type: 'text-start', id },
    { type: 'text-delta', id, delta },
    { type: 'text-end', id },
  ]
}
