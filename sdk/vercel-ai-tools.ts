/** Tools of the AI SDK whose `execute` asks first. A refusal is what it throws: the SDK makes it the tool's error, which the model reads. */
import type { Guard, ValueMap, Verdict } from './contract.js'

export const FRAMEWORK = 'vercel-ai'

export interface ToolsOptions {
  /** The MCP server that the tools are of: they are then `mcp.SERVER.TOOL` for the policy. */
  readonly server?: string
}

/** By guarded tool, the guards that it asks. */
const GUARDS = new WeakMap<object, ReadonlySet<Guard>>()

/** The tools, as `generateText`, `streamText` and agents take them, each behind the guard under the name that it has here. */
export function guardTools<Tools extends object>(tools: Tools, guard: Guard, options: ToolsOptions = {}): Tools {
  const guarded = Object.entries(tools).map(([name, tool]: [string, object]) => [name, guardTool(name, tool, guard, options)] as const)
  return Object.fromEntries(guarded) as Tools // the same tools under the same names
}

/**
 * The tool with its `execute` behind the guard: it runs with a copy of the arguments that were decided, or fails with `PolicyViolationError`.
 * A tool without `execute`, which the provider or the client runs, is returned as it is, and so is one that this guard guards already.
 * @param name the name that the model calls it by, which the tool itself does not have
 */
export function guardTool<Tool extends object>(name: string, tool: Tool, guard: Guard, { server }: ToolsOptions = {}): Tool {
  const execute: unknown = Reflect.get(tool, 'execute')
  const guards = GUARDS.get(tool) ?? new Set()
  if (typeof execute !== 'function' || guards.has(guard)) return tool
  const ask: Asker = (input, call) =>
    guard.authorize({ framework: FRAMEWORK, name: server === undefined ? name : `mcp__${server}__${name}`, input, ...idOf(call) })
  const run: Execute = (input, call) => Reflect.apply(execute, tool, [input, call])
  const guarded = Object.assign(Object.create(Object.getPrototypeOf(tool)), tool, {
    execute: isGenerator(execute) ? generating(ask, run) : returning(ask, run),
  })
  GUARDS.set(guarded, new Set([...guards, guard]))
  return guarded
}

type Asker = (input: unknown, call: unknown) => Verdict | Promise<Verdict>
type Execute = (input: unknown, call: unknown) => unknown

/** The SDK has to see at once that preliminary results come. */
function isGenerator(execute: object): boolean {
  return Object.prototype.toString.call(execute) === '[object AsyncGeneratorFunction]'
}

function generating(ask: Asker, run: Execute) {
  return async function* (input: unknown, call: unknown) {
    const results = run(inputOf(await ask(input, call)), call)
    yield* results as AsyncIterable<unknown> // what such a function returns
  }
}

/** Any other function may return an iterable all the same: as it is where nobody is waited for, else what it comes to. */
function returning(ask: Asker, run: Execute): Execute {
  return (input, call) => {
    const verdict = ask(input, call)
    if (verdict instanceof Promise) return verdict.then(async each => lastOf(await run(inputOf(each), call)))
    return verdict.kind === 'refused' ? Promise.reject(verdict.error) : run(verdict.input, call)
  }
}

/** @throws PolicyViolationError */
function inputOf(verdict: Verdict): ValueMap {
  if (verdict.kind === 'refused') throw verdict.error
  return verdict.input
}

async function lastOf(result: unknown): Promise<unknown> {
  if (!isAsyncIterable(result)) return result
  let last: unknown
  for await (const each of result) last = each
  return last
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

function idOf(call: unknown): { readonly id?: string } {
  const id: unknown = typeof call === 'object' && call !== null && 'toolCallId' in call ? call.toolCallId : undefined
  return typeof id === 'string' ? { id } : {}
}
