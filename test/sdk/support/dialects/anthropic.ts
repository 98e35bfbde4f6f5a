/** Messages: https://docs.anthropic.com/en/api/messages and its streaming events. */
import { type Dialect, pieces, type ScriptedCall, type Turn, words } from '../turn.js'

export const ANTHROPIC: Dialect = {
  speaks: path => path.includes('/messages'),
  whole: (turn, id) => ({ ...head(id), content: blocks(turn), stop_reason: stopReason(turn) }),
  events: (turn, id) => stream(turn, id).map(event => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
}

interface Event {
  readonly type: string
  readonly [field: string]: unknown
}

function head(id: string) {
  const usage = { input_tokens: 1, output_tokens: 2 }
  return { id, type: 'message', role: 'assistant', model: 'scripted', content: [], stop_reason: null, stop_sequence: null, usage }
}

function stopReason({ choices: [choice] }: Turn): string {
  if (choice?.finish === 'length') return 'max_tokens'
  return (choice?.calls ?? []).length > 0 ? 'tool_use' : 'end_turn'
}

function blocks({ choices: [choice] }: Turn): readonly object[] {
  const text = choice?.text === undefined ? [] : [{ type: 'text', text: choice.text }]
  return [...text, ...(choice?.calls ?? []).map((call, at) => ({ ...toolUse(call, at), input: JSON.parse(call.arguments) }))]
}

function toolUse(call: ScriptedCall, at: number) {
  return { type: 'tool_use', id: call.id ?? `toolu_${at}`, name: call.name, input: {} }
}

function stream(turn: Turn, id: string): readonly Event[] {
  const [choice] = turn.choices
  const shift = choice?.text === undefined ? 0 : 1
  return [
    { type: 'message_start', message: head(id) },
    ...(choice?.text === undefined ? [] : block(0, { type: 'text', text: '' }, textDeltas(choice.text))),
    ...(choice?.calls ?? []).flatMap((call, at) => block(at + shift, toolUse(call, at), inputDeltas(call))),
    { type: 'message_delta', delta: { stop_reason: stopReason(turn), stop_sequence: null }, usage: { output_tokens: 2 } },
    { type: 'message_stop' },
  ]
}

function block(index: number, content_block: object, deltas: readonly object[]): readonly Event[] {
  return [
    { type: 'content_block_start', index, content_block },
    ...deltas.map(delta => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ]
}

function textDeltas(text: string): readonly object[] {
  return words(text).map(word => ({ type: 'text_delta', text: word }))
}

function inputDeltas(call: ScriptedCall): readonly object[] {
  return pieces(call).map(partial_json => ({ type: 'input_json_delta', partial_json }))
}
