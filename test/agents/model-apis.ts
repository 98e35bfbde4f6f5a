/**
 * The model APIs that the clients speak, as far as one tool call or the end of a turn needs them:
 * Anthropic messages, OpenAI responses, OpenAI chat completions and Gemini's generateContent.
 */

/** A call of one tool; free text where the tool takes that instead of JSON. */
export interface ToolStep {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>> | string
  /** Of the OpenAI responses API: the group that the tool is in. */
  readonly namespace?: string
}

export interface Asked {
  readonly model: string
  readonly stream?: boolean
  readonly hasTools: boolean
  /** The tool results in the conversation: how far the script has come. */
  readonly results: number
  readonly conversation: string
  readonly wantsJson: boolean
}

interface Answer {
  readonly model: string
  /** Undefined ends the turn. */
  readonly step: ToolStep | undefined
  readonly turn: number
  readonly stream: boolean
  readonly wantsJson: boolean
}

interface Written {
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

export interface ModelApi {
  /** @param body the request, parsed */
  read(body: unknown): Asked
  write(answer: Answer): Written
}

export function apiOf(path: string): ModelApi | undefined {
  if (path.endsWith('/messages')) return messages
  if (path.endsWith('/responses')) return responses
  if (path.endsWith('/chat/completions')) return chat
  return path.includes('enerateContent') ? gemini : undefined
}

const DONE = 'DONE'

/** As much of a request body as any of the APIs has. */
interface Body {
  readonly model?: string
  readonly stream?: boolean
  readonly tools?: readonly unknown[]
  readonly messages?: unknown
  readonly input?: unknown
  readonly contents?: unknown
  readonly generationConfig?: { readonly responseMimeType?: string }
}

function readWith(body: unknown, conversation: (body: Body) => unknown, result: RegExp): Asked {
  const asked = body as Body // what a client sends; a field of another type fails the test
  const text = JSON.stringify(conversation(asked) ?? '')
  const stream = asked.stream === undefined ? {} : { stream: asked.stream }
  const hasTools = (asked.tools ?? []).length > 0
  const wantsJson = asked.generationConfig?.responseMimeType === 'application/json'
  return { model: asked.model ?? 'scripted', ...stream, hasTools, results: text.match(result)?.length ?? 0, conversation: text, wantsJson }
}

function json(body: unknown): Written {
  return { headers: { 'content-type': 'application/json' }, text: JSON.stringify(body) }
}

function events(texts: readonly string[]): Written {
  return { headers: { 'content-type': 'text/event-stream' }, text: texts.map(text => `${text}\n\n`).join('') }
}

function typedEvents(list: readonly { readonly type: string }[]): Written {
  return events(list.map(event => `event: ${event.type}\ndata: ${JSON.stringify(event)}`))
}

const messages: ModelApi = {
  read: body => readWith(body, ({ messages }) => messages, /"type":"tool_result"/g),
  write: ({ model, step, turn, stream }) => {
    const block =
      step === undefined ? { type: 'text', text: DONE } : { type: 'tool_use', id: `toolu_${turn}`, name: step.name, input: step.input }
    const usage = { input_tokens: 10, output_tokens: 5, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 }
    const message = { id: `msg_${turn}`, type: 'message', role: 'assistant', model, stop_sequence: null, usage }
    const stop_reason = step === undefined ? 'end_turn' : 'tool_use'
    if (!stream) return json({ ...message, content: [block], stop_reason })
    const [start, delta] =
      step === undefined
        ? [
            { ...block, text: '' },
            { type: 'text_delta', text: DONE },
          ]
        : [
            { ...block, input: {} },
            { type: 'input_json_delta', partial_json: JSON.stringify(step.input) },
          ]
    return typedEvents([
      event('message_start', { message: { ...message, content: [], stop_reason: null } }),
      event('content_block_start', { index: 0, content_block: start }),
      event('content_block_delta', { index: 0, delta }),
      event('content_block_stop', { index: 0 }),
      event('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 5 } }),
      event('message_stop', {}),
    ])
  },
}

function event(type: string, rest: object): { readonly type: string } {
  return { type, ...rest }
}

const responses: ModelApi = {
  read: body => readWith(body, ({ input }) => input, /"type":"[a-z_]+_call_output"/g),
  write: ({ step, turn }) => {
    const item = responseItem(step, turn)
    const id = `resp_${turn}`
    const usage = { input_tokens: 1, input_tokens_details: null, output_tokens: 1, output_tokens_details: null, total_tokens: 2 }
    return typedEvents([
      event('response.created', { response: { id } }),
      event('response.output_item.added', { output_index: 0, item }),
      event('response.output_item.done', { output_index: 0, item }),
      event('response.completed', { response: { id, status: 'completed', output: [item], usage } }),
    ])
  },
}

function responseItem(step: ToolStep | undefined, turn: number): object {
  if (step === undefined) return { type: 'message', role: 'assistant', id: `m_${turn}`, content: [{ type: 'output_text', text: DONE }] }
  const call = { call_id: `call_${turn}`, name: step.name, ...(step.namespace === undefined ? {} : { namespace: step.namespace }) }
  if (typeof step.input === 'string') return { type: 'custom_tool_call', id: `ctc_${turn}`, ...call, input: step.input }
  return { type: 'function_call', id: `fc_${turn}`, ...call, arguments: JSON.stringify(step.input) }
}

const chat: ModelApi = {
  read: body => readWith(body, ({ messages }) => messages, /"role":"tool"/g),
  write: ({ model, step, turn, stream }) => {
    const base = { id: `chat_${turn}`, created: 1, model }
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
    const message =
      step === undefined ? { role: 'assistant', content: DONE } : { role: 'assistant', content: null, tool_calls: [chatCall(step, turn)] }
    const finish_reason = step === undefined ? 'stop' : 'tool_calls'
    if (!stream) return json({ ...base, object: 'chat.completion', choices: [{ index: 0, message, finish_reason }], usage })
    const chunk = (rest: object) => `data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', ...rest })}`
    return events([
      chunk({ choices: [{ index: 0, delta: message, finish_reason: null }] }),
      chunk({ choices: [{ index: 0, delta: {}, finish_reason }], usage }),
      'data: [DONE]',
    ])
  },
}

function chatCall({ name, input }: ToolStep, turn: number): object {
  return { index: 0, id: `call_${turn}`, type: 'function', function: { name, arguments: JSON.stringify(input) } }
}

/** What the client's own side questions (who speaks next, which model) are answered with. */
const GEMINI_SIDE = { reasoning: '', next_speaker: 'user', model_choice: 'flash', complexity_reasoning: '', complexity_score: 1 }

const gemini: ModelApi = {
  read: body => readWith(body, ({ contents }) => contents, /"functionResponse"/g),
  write: ({ step, stream, wantsJson }) => {
    const part =
      step === undefined
        ? { text: wantsJson ? JSON.stringify(GEMINI_SIDE) : DONE }
        : { functionCall: { name: step.name, args: step.input } }
    const candidate = { content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }
    const usageMetadata = { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 }
    const body = { candidates: [candidate], usageMetadata }
    return stream ? events([`data: ${JSON.stringify(body)}`]) : json(body)
  },
}
