/** Calls whose arguments were cut off. LangChain mends the JSON of streamed answers, and shows tools the mended arguments: what tells is the answer. */

/** How providers say that an answer was stopped before its end: https://docs.langchain.com/oss/javascript/integrations/chat. */
const STOPPED = new Set([
  'length',
  'max_tokens',
  'MAX_TOKENS',
  'model_context_window_exceeded',
  'max_output_tokens',
  'content_filter',
  'refusal',
  'SAFETY',
])
const REASONS = ['finish_reason', 'stop_reason', 'finishReason', 'stopReason']

/**
 * Whether the call is the last one of an answer that was stopped, or one whose text is no JSON.
 * @param state of a graph: the messages of the conversation, or a map that has them
 */
export function isCutOff(state: unknown, id: string | undefined): boolean {
  const messages = Array.isArray(state) ? state : listOf(state, 'messages')
  const answer = [...messages].reverse().find(message => listOf(message, 'tool_calls').some(call => fieldOf(call, 'id') === id))
  if (answer === undefined) return false
  return isStoppedIn(answer, id) || listOf(answer, 'tool_call_chunks').some(chunk => fieldOf(chunk, 'id') === id && isBroken(chunk))
}

function isStoppedIn(answer: unknown, id: string | undefined): boolean {
  const metadata = fieldOf(answer, 'response_metadata')
  const isStopped = REASONS.some(name => STOPPED.has(String(fieldOf(metadata, name))))
  return isStopped && fieldOf(listOf(answer, 'tool_calls').at(-1), 'id') === id
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name)
  return Array.isArray(list) ? list : []
}

/** Calls of tools without parameters may come without a text. */
function isBroken(chunk: unknown): boolean {
  const text = fieldOf(chunk, 'args')
  if (typeof text !== 'string' || text === '') return false
  try {
    JSON.parse(text)
    return false
  } catch {
    return true
  }
}
