/**
 * Chat completions, whole and streamed: https://platform.openai.com/docs/api-reference/chat. Refused calls are taken out of their choice and
 * what the model is told of them becomes text of its message; a choice without calls left ends as one that never had any.
 */
import type { Guard } from './contract.js'
import type { Fields, StreamGuard } from './guarded-body.js'
import { type AskedCall, customUse, fieldsAt, functionUse, listAt, refusalOf, type Use } from './openai-calls.js'

export interface ChatSettings {
  readonly guard: Guard
  readonly framework: string
  /** Tools whose functions ask the guard themselves. */
  readonly asking: ReadonlySet<string>
  /** The application reads the text as JSON: what the model is told of a refusal is then a `refusal` and no `content`. */
  readonly structured: boolean
}

/** A whole completion; the same object where no call is refused. */
export async function guardedCompletion(completion: Fields, settings: ChatSettings): Promise<Fields> {
  const before = listAt(completion, 'choices')
  const choices = await Promise.all(before.map(choice => guardedChoice(choice, settings)))
  return choices.every((choice, at) => choice === before[at]) ? completion : { ...completion, choices }
}

async function guardedChoice(choice: Fields, settings: ChatSettings): Promise<Fields> {
  const message = fieldsAt(choice, 'message')
  if (message === undefined) return choice
  const calls = listAt(message, 'tool_calls')
  const whole = endsWhole(choice['finish_reason'])
  const legacy = fieldsAt(message, 'function_call')
  const decided = [
    ...calls.map(call => wholeCall(call, whole)),
    ...(legacy === undefined ? [] : [{ uses: [functionUse(legacy)], id: undefined }]),
  ]
  const refusals = await Promise.all(decided.map(call => decide(call, settings)))
  if (refusals.every(refusal => refusal === undefined)) return choice
  const kept = calls.filter((_, at) => refusals[at] === undefined)
  const keepsLegacy = legacy !== undefined && refusals[calls.length] === undefined
  const finish_reason = finishReason(choice['finish_reason'], kept.length > 0 || keepsLegacy)
  return { ...choice, finish_reason, message: told(without(message, kept, keepsLegacy), textOf(refusals), settings) }
}

function without(message: Fields, kept: readonly Fields[], keepsLegacy: boolean): Fields {
  const { tool_calls: _, function_call, ...rest } = message
  return { ...rest, ...(kept.length > 0 ? { tool_calls: kept } : {}), ...(keepsLegacy ? { function_call } : {}) }
}

function told(message: Fields, text: string, { structured }: ChatSettings): Fields {
  const field = structured ? 'refusal' : 'content'
  const before = message[field]
  return { ...message, [field]: typeof before === 'string' && before !== '' ? `${before}\n\n${text}` : text }
}

function textOf(refusals: readonly (string | undefined)[]): string {
  return refusals.filter(refusal => refusal !== undefined).join('\n')
}

/** Whether the model ended by itself; what it was cut off in is not whole. */
function endsWhole(finishReason: unknown): boolean {
  return finishReason !== 'length' && finishReason !== 'content_filter'
}

function finishReason(before: unknown, hasCalls: boolean): unknown {
  return hasCalls || (before !== 'tool_calls' && before !== 'function_call') ? before : 'stop'
}

function wholeCall(call: Fields, whole: boolean): AskedCall {
  return { uses: usesOf(call, whole), id: typeof call['id'] === 'string' ? call['id'] : undefined }
}

/** Whatever its type says, a call is what it has: a client may read either. */
function usesOf(call: Fields, whole: boolean): readonly Use[] {
  const [named, custom] = [fieldsAt(call, 'function'), fieldsAt(call, 'custom')]
  return [...(named === undefined ? [] : [functionUse(named)]), ...(custom === undefined ? [] : [customUse(custom, whole)])]
}

async function decide(call: AskedCall, { guard, framework, asking }: ChatSettings): Promise<string | undefined> {
  const asksItself = call.uses.length > 0 && call.uses.every(({ name }) => asking.has(name))
  return asksItself ? undefined : refusalOf(guard, framework, call)
}

/** A call as the deltas so far tell it. */
interface PartialCall {
  readonly uses: Map<'function' | 'custom' | 'legacy', { name: string; text: string; renamed: boolean }>
  id: string | undefined
  /** The deltas, each in a chunk of its own. */
  readonly deltas: { readonly head: Fields; readonly delta: Fields }[]
}

/** A stream of chunks. The deltas of calls are withheld until their choice ends. */
export class ChatStreamGuard implements StreamGuard {
  private readonly held = new Map<unknown, PartialCall[]>()

  constructor(private readonly settings: ChatSettings) {}

  get idle(): boolean {
    return this.held.size === 0
  }

  async event(chunk: Fields): Promise<readonly Fields[]> {
    const { choices: _, ...head } = chunk
    const before = listAt(chunk, 'choices')
    const stripped = before.map(choice => this.withhold(choice, { ...head, usage: null }))
    const settled: Fields[] = []
    const choices: Fields[] = []
    for (const choice of stripped) {
      if (typeof choice['finish_reason'] !== 'string') choices.push(choice)
      else {
        const { chunks, hasCalls } = await this.settle(choice['index'], endsWhole(choice['finish_reason']), head)
        settled.push(...chunks)
        choices.push(hasCalls === undefined ? choice : { ...choice, finish_reason: finishReason(choice['finish_reason'], hasCalls) })
      }
    }
    const saysNothing = stripped.some((choice, at) => choice !== before[at]) && choices.every(isEmpty) && chunk['usage'] == null
    return saysNothing ? settled : [...settled, { ...chunk, choices }]
  }

  async end(): Promise<readonly Fields[]> {
    const chunks: Fields[] = []
    for (const index of [...this.held.keys()]) chunks.push(...(await this.settle(index, false, undefined)).chunks)
    return chunks
  }

  /** The choice without its deltas of calls, which are put aside. */
  private withhold(choice: Fields, head: Fields): Fields {
    const delta = fieldsAt(choice, 'delta')
    const legacy = delta && fieldsAt(delta, 'function_call')
    if (delta === undefined || (!('tool_calls' in delta) && legacy === undefined)) return choice
    const calls = this.held.get(choice['index']) ?? []
    for (const fragment of listAt(delta, 'tool_calls')) gather(calls, fragment, head)
    if (legacy !== undefined) gatherLegacy(calls, legacy, head)
    if (calls.length > 0) this.held.set(choice['index'], calls)
    const { tool_calls: _, function_call: __, ...rest } = delta
    return { ...choice, delta: rest }
  }

  /** The chunks of what is allowed, and of what the model is told of the rest. `hasCalls` is undefined where there was no call. */
  private async settle(
    index: unknown,
    whole: boolean,
    head: Fields | undefined,
  ): Promise<{ chunks: readonly Fields[]; hasCalls: boolean | undefined }> {
    const calls = this.held.get(index)
    if (calls === undefined) return { chunks: [], hasCalls: undefined }
    const refusals = await Promise.all(calls.map(call => decide(wholePartial(call, whole), this.settings)))
    this.held.delete(index)
    const kept = calls.filter((_, at) => refusals[at] === undefined)
    const text = textOf(refusals)
    const last = head ?? calls[0]?.deltas[0]?.head ?? {}
    const refused =
      text === ''
        ? []
        : [chunkOf({ ...last, usage: null }, index, this.settings.structured ? { refusal: text } : { content: `\n\n${text}` })]
    return { chunks: [...kept.flatMap((call, at) => released(call, index, at)), ...refused], hasCalls: kept.length > 0 }
  }
}

function isEmpty(choice: Fields): boolean {
  return choice['finish_reason'] == null && Object.keys(fieldsAt(choice, 'delta') ?? {}).length === 0
}

function chunkOf(head: Fields, index: unknown, delta: Fields): Fields {
  return { ...head, choices: [{ index, delta, logprobs: null, finish_reason: null }] }
}

/** The place of a call is its number among those that are left, and no server's mistake. */
function released({ deltas }: PartialCall, index: unknown, at: number): readonly Fields[] {
  return deltas.map(({ head, delta }) =>
    chunkOf(head, index, 'legacy' in delta ? { function_call: delta['legacy'] } : { tool_calls: [{ ...delta, index: at }] }),
  )
}

/** The calls that the fragments so far belong to are told apart by their number; another id under the same number is another call. */
function gather(calls: PartialCall[], fragment: Fields, head: Fields): void {
  const id = typeof fragment['id'] === 'string' && fragment['id'] !== '' ? fragment['id'] : undefined
  const same = calls.filter(call => call.deltas[0]?.delta['index'] === fragment['index'] && !call.uses.has('legacy')).pop()
  const call = same === undefined || (id !== undefined && same.id !== undefined && same.id !== id) ? started(calls) : same
  call.id ??= id
  call.deltas.push({ head, delta: fragment })
  for (const [kind, field] of [
    ['function', 'arguments'],
    ['custom', 'input'],
  ] as const) {
    const named = fieldsAt(fragment, kind)
    if (named !== undefined) add(call, kind, named, field)
  }
}

function gatherLegacy(calls: PartialCall[], named: Fields, head: Fields): void {
  const call = calls.find(({ uses }) => uses.has('legacy')) ?? started(calls)
  call.deltas.push({ head, delta: { legacy: named } })
  add(call, 'legacy', named, 'arguments')
}

function started(calls: PartialCall[]): PartialCall {
  const call: PartialCall = { uses: new Map(), id: undefined, deltas: [] }
  calls.push(call)
  return call
}

function add({ uses }: PartialCall, kind: 'function' | 'custom' | 'legacy', named: Fields, field: string): void {
  const use = uses.get(kind) ?? { name: '', text: '', renamed: false }
  uses.set(kind, use)
  const [name, text] = [named['name'], named[field]]
  if (typeof name === 'string' && name !== '') {
    use.renamed ||= use.name !== '' && use.name !== name
    use.name = name
  }
  if (typeof text === 'string') use.text += text
}

/** A call whose deltas name two tools runs as either, or as both names in one: it is none that can be decided. */
function wholePartial({ uses, id }: PartialCall, whole: boolean): AskedCall {
  const asked = [...uses].map(([kind, { name, text, renamed }]) => {
    if (renamed) return { name, input: undefined }
    return kind === 'custom' ? customUse({ name, input: text }, whole) : functionUse({ name, arguments: text })
  })
  return { uses: asked, id }
}
