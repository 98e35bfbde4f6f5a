/** The tool calls of a message that is there as a whole: the refused ones become text, and the reason why the model stopped follows. */
import type { Value, ValueMap, Verdict } from './contract.js'

/**
 * Decides one call of a message.
 * @param block the `tool_use` block
 * @param input its arguments: the map, or the JSON text that was streamed
 */
export type Decide = (block: ValueMap, input: Value) => Verdict | Promise<Verdict>

/** How many calls of a message were let through and how many were not. */
export interface Tally {
  allowed: number
  refused: number
}

/** The message as it was read, or, where a call was refused, a copy with the refusal in its place. */
export async function gateMessage(message: ValueMap, decide: Decide): Promise<ValueMap> {
  const blocks = contentOf(message)
  if (blocks === undefined) return message
  const tally: Tally = { allowed: 0, refused: 0 }
  const content: Value[] = []
  for (const [at, block] of blocks.entries()) {
    const cut = at === blocks.length - 1 && isCutOff(message.stop_reason)
    content.push(isToolUse(block) ? await gateBlock(block, cut, decide, tally) : block)
  }
  return tally.refused === 0 ? message : { ...message, content, stop_reason: stopReason(message.stop_reason, tally) }
}

async function gateBlock(block: ValueMap, cut: boolean, decide: Decide, tally: Tally): Promise<Value> {
  // What is left of arguments that were cut off may well be a map, but not the one that the model meant: no arguments at all are refused.
  const verdict = await decide(block, cut ? '' : (block.input ?? null))
  tally[verdict.kind]++
  return verdict.kind === 'allowed' ? block : { type: 'text', text: verdict.message }
}

/** The blocks of what has the shape of a message. */
function contentOf({ content }: ValueMap): readonly Value[] | undefined {
  return Array.isArray(content) ? (content as readonly Value[]) : undefined // `isArray` forgets the element type of a read-only list
}

/** A call that the application runs; `server_tool_use` and `mcp_tool_use` have been run already. */
export function isToolUse(block: Value | undefined): block is ValueMap {
  return isMap(block) && block.type === 'tool_use'
}

/** Whether the model was stopped in the middle of what it wrote. */
export function isCutOff(reason: Value | undefined): boolean {
  return reason === 'max_tokens' || reason === 'model_context_window_exceeded' || reason === 'refusal'
}

/** An answer without a call has not stopped for one. */
export function stopReason(reason: Value | undefined, { allowed, refused }: Tally): Value {
  return reason === 'tool_use' && refused > 0 && allowed === 0 ? 'end_turn' : (reason ?? null)
}

export function isMap(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a JSON text says; undefined where it is none. */
export function parseJson(text: string): Value | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Value // JSON.parse gives nothing else
  } catch {
    return undefined
  }
}
