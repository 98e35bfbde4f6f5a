/** The packages of the release, and a chat model over the scripted server. */
import type * as Langchain from 'langchain'
import type * as Langgraph from '@langchain/langgraph'
import type * as Prebuilt from '@langchain/langgraph/prebuilt'
import type * as Tools from '@langchain/core/tools'
import type * as Runnables from '@langchain/core/runnables'
import type * as Zod from 'zod'
import type * as ChatModels from '@langchain/core/language_models/chat_models'
import type * as Outputs from '@langchain/core/outputs'
import type { BaseMessage, ToolCallChunk } from '@langchain/core/messages'
import { loadPackage } from '../support/load-package.js'
import { startModelServer } from '../support/model-server.js'
import { after } from '../support/test.js'

// What is installed is loaded by its path, which has no types of its own: those of this repository's release are taken.
export const langchain = (await loadPackage('langchain')) as typeof Langchain
export const langgraph = (await loadPackage('@langchain/langgraph')) as typeof Langgraph
export const prebuilt = (await loadPackage('@langchain/langgraph/prebuilt')) as typeof Prebuilt
export const core = (await loadPackage('@langchain/core/tools')) as typeof Tools
export const runnables = (await loadPackage('@langchain/core/runnables')) as typeof Runnables
const zod = (await loadPackage('zod')) as typeof Zod
export const looseObject = zod.looseObject
export const string = zod.string
export const coerce: typeof Zod.coerce = zod.coerce
export const { AIMessage, HumanMessage, ToolMessage } = langchain
export const { AIMessageChunk } = langchain
const chatModels = (await loadPackage('@langchain/core/language_models/chat_models')) as typeof ChatModels
const outputs = (await loadPackage('@langchain/core/outputs')) as typeof Outputs

/** Later releases add tools while an agent runs, ask a person about some calls of a tool, and hand the state of a graph to its tools. */
export const IS_LATER = 'createSubagentTransformer' in langchain

export const server = await startModelServer()
after(() => server.close())

/** A call as chat completions have it, whole or in part. */
interface WireCall {
  readonly index?: number
  readonly id?: string
  readonly function: { readonly name?: string; readonly arguments: string }
}

interface WireChoice {
  readonly finish_reason: string | null
  readonly message?: WireMessage
  readonly delta?: WireMessage
}

interface WireMessage {
  readonly content?: string | null
  readonly tool_calls?: readonly WireCall[]
}

/** Speaks as much of chat completions as is needed: text, tool calls, streams. */
class ScriptedModel extends chatModels.BaseChatModel {
  constructor() {
    super({ maxRetries: 0 })
  }

  override _llmType() {
    return 'scripted'
  }

  override bindTools() {
    return this
  }

  override async _generate(messages: BaseMessage[]) {
    const response = await ask(messages, false)
    const body = (await response.json()) as { choices: WireChoice[] } // as scripted
    const [choice] = body.choices
    const message = new AIMessage({ ...parsed(choice?.message ?? {}), response_metadata: { finish_reason: choice?.finish_reason } })
    return { generations: [{ text: message.text, message }] }
  }

  override async *_streamResponseChunks(messages: BaseMessage[]) {
    const events = (await (await ask(messages, true)).text()).match(/^data: \{.*$/gm) ?? []
    for (const event of events) {
      const { choices } = JSON.parse(event.slice('data: '.length)) as { choices: WireChoice[] } // as scripted
      for (const { delta, finish_reason } of choices) {
        const text = delta?.content ?? ''
        const message = new AIMessageChunk({
          content: text,
          tool_call_chunks: (delta?.tool_calls ?? []).map(chunk),
          response_metadata: finish_reason === null ? {} : { finish_reason },
        })
        yield new outputs.ChatGenerationChunk({ text, message })
      }
    }
  }
}

export const model = new ScriptedModel()

function ask(messages: readonly BaseMessage[], stream: boolean): Promise<Response> {
  const sent = messages.map(({ type, content, ...rest }) => ({ type, content, ...told(rest) }))
  const body = JSON.stringify({ model: 'm', stream, messages: sent })
  return fetch(`${server.url}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

function told(message: object): object {
  return 'tool_call_id' in message && 'status' in message ? { id: message.tool_call_id, status: message.status } : {}
}

function parsed({ content, tool_calls: calls = [] }: WireMessage) {
  const read = calls.map(({ id = '', function: { name = '', arguments: text } }) => ({ id, name, text, args: json(text) }))
  return {
    content: content ?? '',
    tool_calls: read.flatMap(({ id, name, args }) => (args === undefined ? [] : [{ id, name, args, type: 'tool_call' as const }])),
    invalid_tool_calls: read.flatMap(({ id, name, text, args }) => {
      return args === undefined ? [{ id, name, args: text, error: 'no JSON', type: 'invalid_tool_call' as const }] : []
    }),
  }
}

function json(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function chunk({ index = 0, id, function: { name, arguments: args } }: WireCall): ToolCallChunk {
  return { type: 'tool_call_chunk', index, args, ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) }
}
