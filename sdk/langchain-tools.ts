/** Tools of @langchain/core behind a guard, however they are run: by the application, LangGraph's `ToolNode`, `createAgent`, a chain. */
import type { Guard, ValueMap, Verdict } from './contract.js'
import { isCutOff } from './langchain-cut-off.js'
import { readBy } from './langchain-schema.js'

/** Of a tool (`tool()`, `DynamicTool`, a subclass of `StructuredTool`, `runnable.asTool()`) what matters here. */
export interface LangChainTool {
  readonly name: string
  // `never`: tools say what they take more narrowly than what they are given.
  invoke(input: never, config?: never): Promise<unknown>
}

/** The class `ToolMessage` of `langchain` or `@langchain/core/messages`, which the application hands over: nothing of LangChain is imported here. */
export type ToolMessageClass<M = unknown> = new (fields: {
  readonly status: 'error'
  readonly content: string
  readonly name: string
  readonly tool_call_id: string
}) => M

export interface ToolCall {
  readonly name: string
  readonly args: unknown
  readonly id?: string | undefined
}

type Method = (...args: readonly unknown[]) => unknown
type Methods = Readonly<Record<string, Method>>

const GUARDS = new WeakMap<object, ReadonlySet<Guard>>()

/**
 * A tool of the same class that asks the guard before it runs, and runs with a copy of the arguments that were decided. A refused tool call is
 * answered with a `ToolMessage` of status `error`; where there is no tool call to answer, `PolicyViolationError` is thrown. A tool that this
 * guard guards already is returned as it is; the given tool is left unguarded.
 * @throws TypeError when it is no tool that can be run
 */
export function guardTool<T extends LangChainTool>(tool: T, guard: Guard, ToolMessage: ToolMessageClass): T {
  const guards = GUARDS.get(tool) ?? new Set()
  if (guards.has(guard)) return tool
  if (typeof tool.invoke !== 'function' || typeof ToolMessage !== 'function')
    throw new TypeError('agsec guards tools that have `invoke`, and needs the class `ToolMessage`')
  const guarded: object = Object.create(Object.getPrototypeOf(tool), ownOf(tool))
  define(guarded, { ...plainMethodsOf(tool), ...guardedMethods(tool, guard, ToolMessage) })
  GUARDS.set(guarded, new Set([...guards, guard]))
  return guarded as T // of its class, with its fields
}

/** @throws TypeError when one is no tool that can be run */
export function guardTools<T extends LangChainTool>(tools: readonly T[], guard: Guard, ToolMessage: ToolMessageClass): T[] {
  return tools.map(tool => guardTool(tool, guard, ToolMessage))
}

/** What is known besides a call. */
interface Known {
  /** The graph's. */
  readonly state?: unknown
  /** The tool's. */
  readonly schema?: unknown
}

/** Decides about a tool call, by what the tool will run with; the verdict has a copy of the arguments as they were written. */
export async function authorizeCall(guard: Guard, { name, args, id }: ToolCall, { state, schema }: Known = {}): Promise<Verdict> {
  // Arguments that look like a tool call themselves would be taken for one, and the tool given other arguments than those decided.
  const { seen, given } = isToolCall(args) || isCutOff(state, id) ? { seen: '' } : await readBy(schema, args)
  const verdict = await guard.authorize({ framework: 'langchain', name, input: seen, ...(typeof id === 'string' ? { id } : {}) })
  // A copy of a map of data, as the guard's own is.
  return verdict.kind === 'allowed' && given !== undefined ? { ...verdict, input: given as ValueMap } : verdict
}

/** What the model reads of a refusal. */
export function refusal<M>(ToolMessage: ToolMessageClass<M>, { name, id }: ToolCall, content: string): M {
  return new ToolMessage({ status: 'error', content, name, tool_call_id: id ?? '' })
}

/** Its own fields, as one may change them. What is shown to a model is read once: a class may keep it where copies have nothing. */
function ownOf(tool: object): PropertyDescriptorMap {
  const shown = ['name', 'description', 'schema'].map((name): [string, PropertyDescriptor] => {
    return [name, { value: Reflect.get(tool, name), enumerable: true }]
  })
  const own = [...Object.entries(Object.getOwnPropertyDescriptors(tool)), ...shown]
  return Object.fromEntries(own.map(([name, descriptor]) => [name, changeable(descriptor)]))
}

function changeable(descriptor: PropertyDescriptor): PropertyDescriptor {
  return { ...descriptor, configurable: true, ...('value' in descriptor ? { writable: true } : {}) }
}

/** Every method of `Runnable` as that class has it, in terms of `invoke`: a subclass may have taken a shorter way. */
function plainMethodsOf(tool: object): Methods {
  let runnable: object | undefined
  for (let at = Object.getPrototypeOf(tool); at !== null; at = Object.getPrototypeOf(at)) if (Object.hasOwn(at, 'stream')) runnable = at
  const own = Object.entries(Object.getOwnPropertyDescriptors(runnable ?? {}))
  const methods = own.filter(([name, { value }]) => name !== 'constructor' && typeof value === 'function')
  return Object.fromEntries(methods.map(([name, { value }]) => [name, value]))
}

function guardedMethods(tool: LangChainTool, guard: Guard, ToolMessage: ToolMessageClass): Methods {
  const has = (name: string) => typeof Reflect.get(tool, name) === 'function'
  const asked = ['invoke', 'call'].filter(has).map(name => [name, answering(tool, name, guard, ToolMessage)] as const)
  const inner = ['_call', 'func'].filter(has).map(name => [name, throwing(tool, name, guard)] as const)
  return Object.fromEntries([...asked, ...inner])
}

/** `invoke` and `call`, which are given a tool call, or its arguments and perhaps the call in the configuration. */
function answering(tool: LangChainTool, method: string, guard: Guard, ToolMessage: ToolMessageClass): Method {
  return async (input, config, ...rest) => {
    const call = callOf(tool, input, config)
    const known = { state: stateOf(config), schema: Reflect.get(tool, 'schema') }
    const verdict = await authorizeCall(guard, call ?? { name: tool.name, args: asMap(input) }, known)
    if (verdict.kind === 'allowed') return run(tool, method, [decided(input, verdict.input), config, ...rest])
    if (call === undefined) throw verdict.error
    return refusal(ToolMessage, call, verdict.message)
  }
}

/** The functions within, for those who call them past `invoke`. */
function throwing(tool: LangChainTool, method: string, guard: Guard): Method {
  return async (input, ...rest) => {
    const verdict = await authorizeCall(guard, { name: tool.name, args: asMap(input) })
    if (verdict.kind === 'refused') throw verdict.error
    return run(tool, method, [decided(input, verdict.input), ...rest])
  }
}

function run(tool: LangChainTool, method: string, args: readonly unknown[]): unknown {
  const fn = Reflect.get(tool, method) as Method // it has it
  return Reflect.apply(fn, tool, args)
}

/** The tool is what its own name says, whatever name the call came by. */
function callOf({ name }: LangChainTool, input: unknown, config: unknown): ToolCall | undefined {
  if (isToolCall(input)) return { name, args: input.args, id: input.id }
  const call = typeof config === 'object' && config !== null && 'toolCall' in config ? config.toolCall : undefined
  if (typeof call !== 'object' || call === null || !('id' in call) || typeof call.id !== 'string') return undefined
  return { name, args: asMap(input), id: call.id }
}

/** Nodes of graphs run tools with their state in the configuration. */
function stateOf(config: unknown): unknown {
  return typeof config === 'object' && config !== null && 'state' in config ? config.state : undefined
}

/** Tools of one text are given it bare. */
function asMap(input: unknown): unknown {
  return typeof input === 'string' ? { input } : (input ?? {})
}

/** What was decided, in the shape in which it came. */
function decided(input: unknown, copy: ValueMap): unknown {
  if (isToolCall(input)) return { ...input, args: copy }
  return typeof input === 'string' ? copy['input'] : copy
}

/** As @langchain/core tells them. */
function isToolCall(input: unknown): input is ToolCall {
  return typeof input === 'object' && input !== null && 'type' in input && input.type === 'tool_call'
}

function define(object: object, methods: Methods): void {
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(object, name, { value, configurable: true, writable: true, enumerable: false })
}
