/** LangChain.js behind a guard: middleware for `createAgent`, and tools on their own, for LangGraph's `ToolNode` and everything else. */
import type { Guard } from './contract.js'
import { authorizeCall, refusal, type ToolCall, type ToolMessageClass } from './langchain-tools.js'

export { guardTool, guardTools, type LangChainTool, type ToolMessageClass } from './langchain-tools.js'

/** Of what `wrapToolCall` is given, what matters here. */
export interface ToolCallRequest {
  readonly toolCall: ToolCall
  readonly state: unknown
  readonly tool?: object | undefined
}

/** What `createAgent` takes as one of its `middleware`. */
export interface AgsecMiddleware<M> {
  name: string
  wrapToolCall<R extends ToolCallRequest, O>(request: R, handler: (request: R) => O | Promise<O>): Promise<O | M>
}

/**
 * Middleware for `createAgent` that decides about every tool call before it runs, those of tools that are added while the agent runs included.
 * A refused call is answered with a `ToolMessage` of status `error`, which has the reason and the guidance. Put it last: middleware after it
 * may change a call that has been decided.
 * @param ToolMessage the class of that name, from `langchain`
 * @param name of the middleware, of which an agent has each only once
 * @throws TypeError without that class
 */
export function agsecMiddleware<M>(guard: Guard, ToolMessage: ToolMessageClass<M>, name = 'agsec'): AgsecMiddleware<M> {
  if (typeof ToolMessage !== 'function') throw new TypeError('agsec needs the class `ToolMessage`')
  return {
    name,
    async wrapToolCall(request, handler) {
      const { toolCall, state, tool } = request
      const verdict = await authorizeCall(guard, toolCall, { state, schema: tool === undefined ? undefined : Reflect.get(tool, 'schema') })
      if (verdict.kind === 'refused') return refusal(ToolMessage, toolCall, verdict.message)
      return handler({ ...request, toolCall: { ...toolCall, args: verdict.input } })
    },
  }
}
