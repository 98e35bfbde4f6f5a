/** Chat completions: https://platform.openai.com/docs/api-reference/chat. */
import { callId, type Dialect, pieces, type ScriptedCall, type ScriptedChoice, type Turn, words } from '../turn.js'

const USAGE = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }

export const OPENAI_CHAT: Dialect = {
  speaks: path => path.includes('/chat/completions'),
  whole: (turn, id) => ({
    ...common(id, 'chat.completion'),
    choices: turn.choices.map((choice, index) => ({
      index,
      message: message(choice, index),
      logprobs: null,
      finish_reason: finishReason(choice),
    })),
    usage: USAGE,
  }),
  events: (turn, id) => [...chunks(turn, id).map(chunk => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'],
}

function common(id: string, object: string) {
  return { id, object, created: 1, model: 'scripted' }
}

function finishReason({ calls = [], finish }: ScriptedChoice): string {
  if (finish !== undefined) return finish
  if (calls.some(({ kind }) => kind === 'legacy')) return 'function_call'
  return calls.length > 0 ? 'tool_calls' : 'stop'
}

function message({ text, calls = [] }: ScriptedChoice, choice: number) {
  const legacy = calls.find(({ kind }) => kind === 'legacy')
  const tools = calls.filter(({ kind }) => kind !== 'legacy')
  return {
    role: 'assistant',
    content: text ?? null,
    refusal: null,
    ...(legacy === undefined ? {} : { function_call: { name: legacy.name, arguments: legacy.arguments } }),
    ...(tools.length === 0 ? {} : { tool_calls: tools.map((call, at) => toolCall(call, choice, at)) }),
  }
}

function toolCall(call: ScriptedCall, choice: number, at: number) {
  const id = callId(choice, at, call)
  if (call.kind === 'custom') return { id, type: 'custom', custom: { name: call.name, input: call.arguments } }
  return { id, type: 'function', function: { name: call.name, arguments: call.arguments } }
}

/** The choices take turns, delta by delta, as a server that samples several does. */
function chunks(turn: Turn, id: string): readonly unknown[] {
  const queues = turn.choices.map((choice, index) => deltas(choice, index).map(delta => ({ index, delta, finish_reason: null })))
  const rounds = Math.max(...queues.map(({ length }) => length))
  const inTurn = Array.from({ length: rounds }, (_, round) => queues.flatMap(queue => queue.slice(round, round + 1))).flat()
  const ends = turn.choices.map((choice, index) => ({ index, delta: {}, finish_reason: finishReason(choice) }))
  const head = common(id, 'chat.completion.chunk')
  const spoken = [...inTurn, ...ends].map(choice => ({ ...head, choices: [{ logprobs: null, ...choice }], usage: null }))
  return [...spoken, { ...head, choices: [], usage: USAGE }]
}

function deltas({ text, calls = [] }: ScriptedChoice, choice: number): readonly object[] {
  const spoken = words(text).map(content => ({ content }))
  const called = calls.flatMap((call, at) => (call.kind === 'legacy' ? legacyDeltas(call) : callDeltas(call, choice, at)))
  return [{ role: 'assistant', content: text === undefined ? null : '' }, ...spoken, ...called]
}

function callDeltas(call: ScriptedCall, choice: number, index: number): readonly object[] {
  const [kind, field] = call.kind === 'custom' ? (['custom', 'input'] as const) : (['function', 'arguments'] as const)
  const first = { index, id: callId(choice, index, call), type: kind, [kind]: { name: call.name, [field]: '' } }
  return [first, ...pieces(call).map(piece => ({ index, [kind]: { [field]: piece } }))].map(delta => ({ tool_calls: [delta] }))
}

function legacyDeltas(call: ScriptedCall): readonly object[] {
  const first = { name: call.name, arguments: '' }
  return [first, ...pieces(call).map(piece => ({ arguments: piece }))].map(delta => ({ function_call: delta }))
}
