/** Responses: https://platform.openai.com/docs/api-reference/responses and its streaming events. */
import { callId, type Dialect, pieces, type ScriptedCall, type Turn, words } from '../turn.js'

type Item = Readonly<Record<string, unknown>> & { readonly id: string }

export const OPENAI_RESPONSES: Dialect = {
  speaks: path => path.includes('/responses'),
  whole: (turn, id) => response(turn, id, items(turn)),
  events: (turn, id) => numbered(stream(turn, id)).map(event => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
}

interface Event {
  readonly type: string
  readonly [field: string]: unknown
}

function numbered(events: readonly Event[]): readonly Event[] {
  return events.map((event, at) => ({ ...event, sequence_number: at }))
}

/** A response has one choice: its text, then its calls. */
function items({ choices: [choice] }: Turn): readonly Item[] {
  const text = choice?.text === undefined ? [] : [textItem(choice.text)]
  return [...text, ...(choice?.calls ?? []).map((call, at) => callItem(call, at, 'completed'))]
}

function textItem(text: string): Item {
  return { id: 'msg_0', type: 'message', status: 'completed', role: 'assistant', content: [part(text)] }
}

function part(text: string) {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}

function callItem(call: ScriptedCall, at: number, status: string): Item {
  const common = { id: `fc_${at}`, call_id: callId(0, at, call), name: call.name, status }
  if (call.kind === 'custom') return { ...common, type: 'custom_tool_call', input: call.arguments }
  return { ...common, type: 'function_call', arguments: call.arguments }
}

function response(turn: Turn, id: string, output: readonly Item[]) {
  const status = turn.choices[0]?.finish === 'length' ? 'incomplete' : 'completed'
  const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3 }
  return { ...head(id, status), output, usage }
}

function head(id: string, status: string) {
  const settings = { parallel_tool_calls: true, tool_choice: 'auto', tools: [], error: null, incomplete_details: null, metadata: {} }
  return { id, object: 'response', created_at: 1, model: 'scripted', status, output: [], ...settings }
}

function stream(turn: Turn, id: string): readonly Event[] {
  const whole = response(turn, id, items(turn))
  const text = turn.choices[0]?.text
  const calls = turn.choices[0]?.calls ?? []
  return [
    { type: 'response.created', response: head(id, 'in_progress') },
    { type: 'response.in_progress', response: head(id, 'in_progress') },
    ...(text === undefined ? [] : textEvents(text)),
    ...calls.flatMap((call, at) => callEvents(call, at, at + (text === undefined ? 0 : 1))),
    { type: `response.${whole.status}`, response: whole },
  ]
}

function textEvents(text: string): readonly Event[] {
  const at = { item_id: 'msg_0', output_index: 0, content_index: 0 }
  return [
    { type: 'response.output_item.added', output_index: 0, item: { ...textItem(text), status: 'in_progress', content: [] } },
    { type: 'response.content_part.added', ...at, part: part('') },
    ...words(text).map(delta => ({ type: 'response.output_text.delta', ...at, delta, logprobs: [] })),
    { type: 'response.output_text.done', ...at, text, logprobs: [] },
    { type: 'response.content_part.done', ...at, part: part(text) },
    { type: 'response.output_item.done', output_index: 0, item: textItem(text) },
  ]
}

function callEvents(call: ScriptedCall, at: number, output_index: number): readonly Event[] {
  const place = { item_id: `fc_${at}`, output_index }
  const [type, field] = call.kind === 'custom' ? ['custom_tool_call_input', 'input'] : ['function_call_arguments', 'arguments']
  return [
    { type: 'response.output_item.added', output_index, item: callItem({ ...call, arguments: '' }, at, 'in_progress') },
    ...pieces(call).map(delta => ({ type: `response.${type}.delta`, ...place, delta })),
    { type: `response.${type}.done`, ...place, [field]: call.arguments },
    { type: 'response.output_item.done', output_index, item: callItem(call, at, 'completed') },
  ]
}
