/** Runnable tools, as the tool runner and its helpers take them. A refusal is what their `run` throws: the runner makes it the tool's result, with `is_error`. */
import type { Guard } from './contract.js'

/** Of a runnable tool (`betaTool`, `betaZodTool`, `mcpTools`, …) what matters here. */
export interface RunnableTool {
  readonly name: string
  // `never`: the functions of tools are called with what the runner has for them, whatever they say they take.
  readonly run: (input: never, context?: never) => unknown
  readonly parse?: ((input: unknown) => unknown) | undefined
}

/** The same tool, whose `run` waits for the decision. */
export type Guarded<T extends RunnableTool> = T extends unknown
  ? Omit<T, 'run'> & { readonly run: (...args: Parameters<T['run']>) => Promise<Awaited<ReturnType<T['run']>>> }
  : never

const GUARDS = new WeakMap<object, ReadonlySet<Guard>>()

/**
 * The tool with its `run` behind the guard: it runs with a copy of the arguments that were decided, or throws `PolicyViolationError`.
 * A tool that this guard guards already is returned as it is.
 */
export function guardTool<T extends RunnableTool>(tool: T, guard: Guard): Guarded<T> {
  const guards = GUARDS.get(tool) ?? new Set()
  if (guards.has(guard)) return tool as Guarded<T> // which it is: it has been made here
  // A copy that has the methods of its class, as `close`; what is sent to the model are its own fields.
  const guarded: object = Object.assign(Object.create(Object.getPrototypeOf(tool)), tool, {
    parse: (input: unknown) => input,
    run: guardedRun(tool, guard),
  })
  GUARDS.set(guarded, new Set([...guards, guard]))
  return guarded as Guarded<T> // a copy of the tool with these two replaced
}

export function guardTools<T extends RunnableTool>(tools: readonly T[], guard: Guard): Guarded<T>[] {
  return tools.map(tool => guardTool(tool, guard))
}

function guardedRun(tool: RunnableTool, guard: Guard) {
  return async (input: unknown, context?: unknown) => {
    const verdict = await guard.authorize({ framework: 'anthropic', name: tool.name, input, ...idOf(context) })
    if (verdict.kind === 'refused') throw verdict.error
    const parsed = tool.parse === undefined ? verdict.input : tool.parse(verdict.input)
    return tool.run(parsed as never, context as never) // the tool's own types, which only its maker knows
  }
}

/** The call is in the context under its present name and, before, another one. */
function idOf(context: unknown): { readonly id?: string } {
  const { toolUse, toolUseBlock } = propertiesOf(context)
  const { id } = propertiesOf(toolUse ?? toolUseBlock)
  return typeof id === 'string' ? { id } : {}
}

function propertiesOf(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** Whether a tool of a request is one that the runner runs by its name. */
export function isRunnable(tool: unknown): tool is RunnableTool {
  return typeof tool === 'object' && tool !== null && 'run' in tool && 'name' in tool
}
