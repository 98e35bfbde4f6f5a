/** The two ends of a hook: the text of stdin as a tool call, and a decision as what the platform is told. */
import type { Result } from '../decide/result.js'
import { readInput } from './adapters.js'
import type { Adapter, HostFacts, Parsed, Reply, ToolCall } from './contract.js'
import { messageOf, withoutAsk } from './message.js'

/** Reads the text of stdin: exactly one JSON object of a tool call about to run. */
export function parseInput(adapter: Adapter, text: string, facts: HostFacts): Parsed {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'invalid', why: 'the hook input is not one JSON value' }
  }
  return readInput(adapter, json, facts)
}

/** The reply to a decided call. @param notice what the user should be told besides, whatever the decision @param id what a person would approve */
export function replyTo({ adapter, asks }: ToolCall, result: Result, notice?: string, id?: string): Reply {
  const message = messageOf(result)
  return result.decision === 'review' && !asks
    ? adapter.reply('deny', withoutAsk(message, id), notice)
    : adapter.reply(result.decision, message, notice)
}

/** The reply where nothing could be decided. */
export function failure(adapter: Adapter, why: string): Reply {
  return adapter.reply('deny', `[agsec] blocked: ${why}`)
}
