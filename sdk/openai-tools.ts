/** `runTools` calls functions by itself: each asks the guard, and what the model is told of a refusal is the result of its call. */
import type { Guard } from './contract.js'
import type { Fields } from './guarded-body.js'
import { fieldsAt, listAt, textAt } from './openai-calls.js'

type Asker = (name: string, args: unknown, runner: unknown) => Promise<string | undefined>

/** A request of `runTools` whose functions ask, and the names of their tools. */
export function askingTools(body: unknown, guard: Guard, framework: string): { readonly body: unknown; readonly names: readonly string[] } {
  if (typeof body !== 'object' || body === null || !('tools' in body) || !Array.isArray(body.tools)) return { body, names: [] }
  const ask: Asker = async (name, args, runner) => {
    const id = idOf(name, args, runner)
    const verdict = await guard.authorize({ framework, name, input: args, ...(id === undefined ? {} : { id }) })
    return verdict.kind === 'refused' ? verdict.message : undefined
  }
  const asking = body.tools.map((tool: unknown) => askingTool(tool, ask))
  const tools = asking.map(({ tool }) => tool)
  return { body: { ...body, tools }, names: asking.flatMap(({ name }) => (name === undefined ? [] : [name])) }
}

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

interface Runnable {
  readonly name?: string
  readonly function: AnyFunction
  readonly parse?: AnyFunction
}

/** What a tool of zod's helper carries besides what is sent. */
interface Parsing {
  readonly $callback: AnyFunction
  readonly $parseRaw: AnyFunction
  readonly function: { readonly name: string }
}

function askingTool(tool: unknown, ask: Asker): { readonly tool: unknown; readonly name?: string } {
  if (isParsing(tool)) {
    const { name } = tool.function
    const asking = askingFunction(name, tool.$callback, tool.$parseRaw, ask)
    const carried = { ...Object.getOwnPropertyDescriptors(tool), $callback: { value: asking.function }, $parseRaw: { value: asking.parse } }
    return { tool: Object.create(Object.prototype, carried), name }
  }
  if (!isRunnable(tool)) return { tool }
  const runnable = tool.function
  const name = runnable.name ?? ''
  // A function without a name of its own has the tool's: the client takes the one or the other.
  const named = name === '' ? runnable.function.name : name
  return {
    tool: { ...tool, function: { ...runnable, name: named, ...askingFunction(named, runnable.function, runnable.parse, ask) } },
    name: named,
  }
}

function isParsing(tool: unknown): tool is Parsing {
  return typeof tool === 'object' && tool !== null && '$callback' in tool && typeof tool.$callback === 'function'
}

function isRunnable(tool: unknown): tool is { readonly function: Runnable } {
  if (typeof tool !== 'object' || tool === null || !('function' in tool)) return false
  const { function: runnable } = tool
  return typeof runnable === 'object' && runnable !== null && 'function' in runnable && typeof runnable.function === 'function'
}

/** The arguments on their way from `parse` to the function: as the model wrote them, which is what is decided, and as the function takes them. */
class Parsed {
  constructor(
    readonly text: unknown,
    readonly value: unknown,
  ) {}
}

function askingFunction(
  name: string,
  run: AnyFunction,
  parse: AnyFunction | undefined,
  ask: Asker,
): { function: AnyFunction; parse?: AnyFunction } {
  const asking: AnyFunction = async function (args, runner, ...rest) {
    const { text, value } = args instanceof Parsed ? args : { text: args, value: args }
    return (await ask(name, text, runner)) ?? run.call(this, value, runner, ...rest)
  }
  if (parse === undefined) return { function: asking }
  return {
    function: asking,
    async parse(text) {
      return new Parsed(text, await parse.call(this, text))
    },
  }
}

/** The id of the call in the runner's last message that has one like it: functions are not told theirs. */
function idOf(name: string, args: unknown, runner: unknown): string | undefined {
  const messages: unknown = typeof runner === 'object' && runner !== null && 'messages' in runner ? runner.messages : undefined
  if (!Array.isArray(messages)) return undefined
  const calls = [...messages].reverse().flatMap((message: Fields) => listAt(message, 'tool_calls'))
  const call = calls.find(each => {
    const named = fieldsAt(each, 'function')
    return named?.['name'] === name && named['arguments'] === args
  })
  return call && textAt(call, 'id')
}
