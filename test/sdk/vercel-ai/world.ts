/** The SDK of the release, its scripted model, and tools that tell what they were run with. */
import type * as AiPackage from 'ai'
import { loadPackage } from '../support/load-package.js'
import { startModelServer } from '../support/model-server.js'
import { after } from '../support/test.js'
import type { ScriptedCall, Turn } from '../support/turn.js'
import { providerOf } from './provider.js'

export const server = await startModelServer()
after(() => server.close())

// Loaded by its path, which has no types of its own; those of another release have what is used here.
export const ai = (await loadPackage('ai')) as typeof AiPackage
export const model = (await providerOf(server.url)).chatModel('m')

export type Tools = Record<string, AiPackage.Tool>

/** What ran since the last `script`. */
export const ran: unknown[] = []

export const anything = ai.jsonSchema<object>({ type: 'object' })

/** @param execute what the tool does besides telling that it was run */
export function toolCalled(name: string, execute: (input: object) => unknown = () => 'the result'): AiPackage.Tool {
  return ai.tool({
    inputSchema: anything,
    execute(input: object) {
      ran.push([name, input])
      return execute(input)
    },
  })
}

export function newTools(): Tools {
  return Object.fromEntries(['read_note', 'drop_table', 'send_money', 'bash'].map(name => [name, toolCalled(name)]))
}

export const ALLOWED: ScriptedCall = { name: 'read_note', arguments: '{"id":"n1"}' }
export const DENIED: ScriptedCall = { name: 'drop_table', arguments: '{"table":"users"}' }
export const REVIEWED: ScriptedCall = { name: 'send_money', arguments: '{"amount":500}' }

export const calls = (...scripted: readonly ScriptedCall[]): Turn => ({ choices: [{ text: 'let me see', calls: scripted }] })
export const DONE: Turn = { choices: [{ text: 'done' }] }

export function script(...turns: readonly Turn[]): void {
  ran.length = 0
  server.script(...turns)
}

/** All that the request of this number said to the model. */
export function told(request = 1): string {
  return JSON.stringify(server.received[request]?.body ?? null)
}

/** What a run is given besides model and prompt. */
export type Settings = { readonly tools: Tools; readonly toolApproval?: unknown }

/** The text of the last step, by each way to run tools. */
export const WAYS: Readonly<Record<string, (settings: Settings) => Promise<string>>> = {
  async generateText(settings) {
    const { text } = await ai.generateText({ model, prompt: 'go', stopWhen: ai.stepCountIs(3), ...settings })
    return text
  },
  async streamText(settings) {
    return textOf(ai.streamText({ model, prompt: 'go', stopWhen: ai.stepCountIs(3), onError: () => undefined, ...settings }))
  },
  async 'an agent'(settings) {
    const { text } = await agentWith(settings).generate({ prompt: 'go' })
    return text
  },
  async 'an agent, streamed'(settings) {
    return textOf(await agentWith(settings).stream({ prompt: 'go' }))
  },
}

/** In release 5 nothing runs before the stream is read. */
async function textOf(result: { consumeStream(options?: object): PromiseLike<void>; readonly text: PromiseLike<string> }): Promise<string> {
  await result.consumeStream({ onError: () => undefined })
  return result.text
}

/** Agents had another name before release 6. */
function agentWith(settings: Settings) {
  const Agent = ai.ToolLoopAgent ?? Reflect.get(ai, 'Experimental_Agent')
  return new Agent({ model, stopWhen: ai.stepCountIs(3), ...settings })
}
