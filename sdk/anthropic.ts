/**
 * Clients of @anthropic-ai/sdk behind a guard. The guard stands where responses come in, under everything that reads them (`create`, `stream`,
 * `parse`, `asResponse`, batches), in the client's outermost middleware, or in its `fetch` for releases without middleware.
 */
import { type Asked, gateResponse } from './anthropic-response.js'
import { type Decide, isMap } from './anthropic-message.js'
import { guardTool, isRunnable } from './anthropic-tools.js'
import type { Guard, Value, ValueMap, Verdict } from './contract.js'

export { guardTool, guardTools, type RunnableTool } from './anthropic-tools.js'

/** What is needed of a client: `Anthropic`, `AnthropicBedrock`, `AnthropicVertex`, subclasses of them. */
export interface AnthropicClient {
  readonly messages: object
  withOptions(options: never): unknown
}

/** One guard of a client, with the tools whose calls are decided where they run. */
interface Gate {
  readonly guard: Guard
  readonly runnable: ReadonlySet<string>
}

/** The functions that were put into clients, and what for. */
const INSTALLED = new WeakMap<object, { readonly gates: readonly Gate[]; readonly fetch?: Fetch }>()

type Fetch = (url: unknown, init?: { readonly method?: string }) => Promise<Response>
type Middleware = (request: Asked, next: (request: Asked) => Promise<Response>) => Promise<Response>
type WithOptions = (options: object) => object

/**
 * A client of the same class and options whose tool calls are decided before anybody sees them. A refused call becomes a block of text with the
 * reason and the guidance; in `beta.messages.toolRunner` loops, the tool's result. The client itself is left as it is, unless it cannot be
 * copied with `withOptions`: then it is the one that is guarded.
 * @throws TypeError when the client can be guarded neither way
 */
export function protect<C extends AnthropicClient>(client: C, guard: Guard): C {
  if (gatesOf(client).some(gate => gate.guard === guard)) return client
  const gates = [...gatesOf(client), { guard, runnable: new Set<string>() }]
  return dressed(copyWith(client, gates) ?? changed(client, gates), guard)
}

function gatesOf(client: object): readonly Gate[] {
  const { middleware, fetch } = fieldsOf(client)
  const places: readonly unknown[] = Array.isArray(middleware) ? middleware : [fetch]
  return places.flatMap(place => (typeof place === 'function' ? (INSTALLED.get(place)?.gates ?? []) : []))
}

/** The same client with these gates; undefined where its class makes something else of the options. */
function copyWith<C extends object>(client: C, gates: readonly Gate[], make = withOptionsOf(client)): C | undefined {
  const options = optionsWith(client, gates)
  const copy = attempted(() => make(options))
  if (copy === undefined || !holds(copy, options)) return undefined
  for (const key of Reflect.ownKeys(client)) {
    const own = Object.getOwnPropertyDescriptor(client, key)
    if (own !== undefined && key !== 'withOptions' && !Object.hasOwn(copy, key)) Object.defineProperty(copy, key, own)
  }
  return copy as C // made by the client's own class
}

function changed<C extends object>(client: C, gates: readonly Gate[]): C {
  const options = optionsWith(client, gates)
  attempted(() => Object.assign(client, options))
  if (!holds(client, options)) throw new TypeError('agsec cannot guard a client that is frozen and cannot be copied with `withOptions`')
  return client
}

function attempted<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** Whether the client has taken the options that guard it. */
function holds(client: object, options: object): boolean {
  const wanted = fieldsOf(options)
  const { middleware, fetch } = fieldsOf(client)
  if (!Array.isArray(wanted.middleware)) return fetch === wanted.fetch
  return Array.isArray(middleware) && middleware[0] === wanted.middleware[0]
}

function fieldsOf(client: object): {
  readonly middleware?: unknown
  readonly fetch?: unknown
  readonly withOptions?: unknown
  readonly beta?: unknown
} {
  return client
}

function withOptionsOf(client: object): WithOptions {
  const { withOptions } = fieldsOf(client)
  return options => (typeof withOptions === 'function' ? Reflect.apply(withOptions, client, [options]) : {})
}

function optionsWith(client: object, gates: readonly Gate[]): object {
  const { middleware, fetch } = fieldsOf(client)
  const decide = decideBy(gates)
  if (!Array.isArray(middleware)) return { fetch: gatedFetch(fetch, gates, decide) }
  const gate: Middleware = async (request, next) => gateResponse(await next(request), request, decide)
  INSTALLED.set(gate, { gates })
  return { middleware: [gate, ...middleware.filter(other => !INSTALLED.has(other))] }
}

function gatedFetch(current: unknown, gates: readonly Gate[], decide: Decide): Fetch {
  const given = current as Fetch // a client's `fetch` is one
  const fetch = INSTALLED.get(given)?.fetch ?? given
  const gated: Fetch = async (url, init) => gateResponse(await fetch(url, init), { url, method: init?.method }, decide)
  INSTALLED.set(gated, { gates, fetch })
  return gated
}

/** All guards have to allow a call; none is asked any more once one refuses. */
function decideBy(gates: readonly Gate[]): Decide {
  return (block, input) => next(gates, block, input, { kind: 'allowed', input: isMap(input) ? input : {} })
}

function next([gate, ...rest]: readonly Gate[], block: ValueMap, input: Value, before: Verdict): Verdict | Promise<Verdict> {
  if (gate === undefined || before.kind === 'refused') return before
  const verdict = isLeftToRunner(gate, block) ? before : authorize(gate.guard, block, input)
  return verdict instanceof Promise ? verdict.then(settled => next(rest, block, input, settled)) : next(rest, block, input, verdict)
}

/** The members of toolsets have names that tools may have too. */
function isLeftToRunner({ runnable }: Gate, { name, toolset_name: toolset }: ValueMap): boolean {
  return (toolset ?? undefined) === undefined && typeof name === 'string' && runnable.has(name)
}

function authorize(guard: Guard, { id, name, toolset_name: toolset }: ValueMap, input: Value): Verdict | Promise<Verdict> {
  return guard.authorize({
    framework: 'anthropic',
    name: typeof name === 'string' ? name : '',
    input,
    ...(typeof id === 'string' ? { id } : {}),
    ...(typeof toolset === 'string' ? { context: { toolset } } : {}),
  })
}

/** The client with those of its methods replaced that would lead past this guard. */
function dressed<C extends object>(client: C, guard: Guard): C {
  const make = withOptionsOf(client)
  define(client, 'withOptions', (options: object) => {
    const copy = make(options)
    const gates = gatesOf(copy)
    if (gates.some(gate => gate.guard === guard)) return dressed(copy, guard)
    const all = [...gates, { guard, runnable: new Set<string>() }]
    return dressed(copyWith(copy, all) ?? changed(copy, all), guard)
  })
  const messages = messagesOf(client)
  if (typeof messages === 'object' && messages !== null && 'toolRunner' in messages) {
    define(messages, 'toolRunner', (body: object, options?: object) => guardedRunner(client, make, guard, body, options))
  }
  return client
}

function messagesOf(client: object): unknown {
  const { beta } = fieldsOf(client)
  return typeof beta === 'object' && beta !== null && 'messages' in beta ? beta.messages : undefined
}

function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, configurable: true, writable: true, enumerable: false })
}

/** A runner whose tools decide about their calls themselves, so that refusals are results; the calls of any other tool are decided as ever. */
function guardedRunner(client: object, make: WithOptions, guard: Guard, body: object, options: object | undefined): unknown {
  const runnable = new Set<string>()
  const gates = gatesOf(client).map(gate => (gate.guard === guard ? { guard, runnable } : gate))
  const inner = copyWith(client, gates, make)
  const messages = inner === undefined ? undefined : messagesOf(inner)
  if (typeof messages !== 'object' || messages === null)
    throw new TypeError('agsec cannot guard the tool runner of a client that cannot be copied with `withOptions`')
  const guardedTool = (tool: unknown) => guardedIn(runnable, tool, guard)
  const inBody = (params: object) =>
    'tools' in params && Array.isArray(params.tools) ? { ...params, tools: params.tools.map(guardedTool) } : params
  return runnerBehind(call(messages, 'toolRunner', [inBody(body), options]), inBody, tools => tools.map(guardedTool))
}

function guardedIn(runnable: Set<string>, tool: unknown, guard: Guard): unknown {
  if (!isRunnable(tool)) return tool
  runnable.add(tool.name)
  return guardTool(tool, guard)
}

/** Tools that are added to the runner later are guarded too. */
function runnerBehind(runner: unknown, inBody: (params: object) => object, guarded: (tools: readonly unknown[]) => unknown[]): unknown {
  if (typeof runner !== 'object' || runner === null) return runner
  const { setMessagesParams, addTools } = runner as { setMessagesParams?: unknown; addTools?: unknown } // by release they are there or not
  if (typeof setMessagesParams === 'function') {
    define(runner, 'setMessagesParams', (params: object | ((before: object) => object)) => {
      const later = typeof params === 'function' ? (before: object) => inBody(params(before)) : inBody(params)
      return Reflect.apply(setMessagesParams, runner, [later])
    })
  }
  if (typeof addTools === 'function') {
    define(runner, 'addTools', (...tools: readonly unknown[]) => Reflect.apply(addTools, runner, guarded(tools)))
  }
  return runner
}

function call(object: object, method: string, args: readonly unknown[]): unknown {
  const { [method]: found } = object as { readonly [name: string]: unknown } // looked up by a name
  return typeof found === 'function' ? Reflect.apply(found, object, args) : undefined
}
