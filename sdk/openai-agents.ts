/**
 * `agsec/sdk/openai-agents`: the policy before the tools of `@openai/agents`. Functions have a guardrail for it. Shells, editors, computers and MCP
 * servers have none, and their approval can be given once for all: they ask where they run. An MCP server that the provider calls asks before.
 */
import type { Guard } from './contract.js'
import type { Fields } from './guarded-body.js'
import { fieldsAt, refusalOf, type Use } from './openai-calls.js'
import { askedOf } from './openai-items.js'

const FRAMEWORK = 'openai-agents'

/** The part of a tool call that a guardrail reads. */
interface GuardrailData {
  readonly toolCall: { readonly name: string; readonly arguments: string; readonly callId?: string }
}

export interface ToolGuardrail {
  readonly type: 'tool_input'
  readonly name: string
  readonly run: (
    data: GuardrailData,
  ) => Promise<{ readonly behavior: { readonly type: 'allow' } | { readonly type: 'rejectContent'; readonly message: string } }>
}

const GUARDRAILS = new WeakMap<Guard, ToolGuardrail>()

/** For `tool({ …, inputGuardrails: [toolGuardrail(guard)] })`; of a guard it is always the same one. */
export function toolGuardrail(guard: Guard): ToolGuardrail {
  const guardrail = GUARDRAILS.get(guard) ?? newGuardrail(guard)
  GUARDRAILS.set(guard, guardrail)
  return guardrail
}

function newGuardrail(guard: Guard): ToolGuardrail {
  return {
    type: 'tool_input',
    name: 'agsec',
    async run({ toolCall }) {
      const message = await refusalOf(guard, FRAMEWORK, { uses: [{ name: toolCall.name, input: toolCall.arguments }], id: toolCall.callId })
      return { behavior: message === undefined ? { type: 'allow' } : { type: 'rejectContent', message } }
    },
  }
}

/** What was guarded, and by which guards. */
const GUARDED = new WeakMap<object, Set<Guard>>()

/** Whether it is the first time. */
function once(object: object, guard: Guard): boolean {
  const guards = GUARDED.get(object) ?? new Set()
  GUARDED.set(object, guards)
  if (guards.has(guard)) return false
  guards.add(guard)
  return true
}

/**
 * The agent with its tools and MCP servers guarded, and the agents that it hands over to. The tools are changed in place: they are guarded wherever else
 * they are used. Tools and servers that are added later are not guarded.
 * @throws TypeError where a tool is of a kind that is not known, or cannot be changed
 */
export function protect<Agent extends object>(agent: Agent, guard: Guard): Agent {
  if (!once(agent, guard)) return agent
  guardTools(objectsAt(agent, 'tools'), guard)
  for (const server of objectsAt(agent, 'mcpServers')) guardServer(server, guard)
  for (const handoff of objectsAt(agent, 'handoffs')) protect(objectAt(handoff, 'agent') ?? handoff, guard)
  return agent
}

export function guardTools<Tool extends object>(tools: readonly Tool[], guard: Guard): readonly Tool[] {
  return tools.map(tool => guardTool(tool, guard))
}

/** The tool, guarded in place. @throws TypeError as `protect` */
export function guardTool<Tool extends object>(tool: Tool, guard: Guard): Tool {
  const kind: unknown = Reflect.get(tool, 'type')
  const guarding = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (guarding === undefined) throw new TypeError(`a tool of the kind \`${String(kind)}\` cannot be guarded`)
  if (once(tool, guard)) guarding(tool, guard)
  return tool
}

const KINDS: Readonly<Record<string, (tool: object, guard: Guard) => void>> = {
  function(tool, guard) {
    change(tool, 'inputGuardrails', [toolGuardrail(guard), ...objectsAt(tool, 'inputGuardrails')])
  },
  // One without a shell of its own runs in a container of the provider.
  shell(tool, guard) {
    const shell = objectAt(tool, 'shell')
    if (shell !== undefined) change(tool, 'shell', guardedShell(shell, guard))
  },
  apply_patch(tool, guard) {
    const editor = objectAt(tool, 'editor')
    if (editor !== undefined) change(tool, 'editor', guardedEditor(editor, guard))
  },
  computer(tool, guard) {
    const computer = objectAt(tool, 'computer')
    // What makes a computer has been remembered elsewhere when the tool was made.
    if (computer === undefined || isMaker(computer)) checkMaker(Reflect.get(tool, 'computer'), guard)
    else change(tool, 'computer', guardComputer(computer, guard))
  },
  hosted_tool(tool, guard) {
    const settings = objectAt(tool, 'providerData')
    if (settings !== undefined && Reflect.get(settings, 'type') === 'mcp') guardHostedServer(settings, guard)
  },
}

type Method = (...args: readonly unknown[]) => unknown

/** The object with some of its methods replaced; the others, and what they find in `this`, are its own. */
function withMethods<T extends object>(object: T, methods: Readonly<Record<string, Method>>): T {
  return new Proxy(object, {
    get(target, key) {
      if (typeof key === 'string' && Object.hasOwn(methods, key)) return methods[key]
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function methodOf(object: object, name: string): Method {
  const method: unknown = Reflect.get(object, name)
  return (...args) => (typeof method === 'function' ? Reflect.apply(method, object, args) : undefined)
}

/** A refusal is what a command answers that may not be run. */
function guardedShell(shell: object, guard: Guard): object {
  const run = methodOf(shell, 'run')
  return withMethods(shell, {
    async run(action) {
      const stderr = await refusalOf(guard, FRAMEWORK, { uses: usesOf({ type: 'shell_call', action }), id: undefined })
      return stderr === undefined ? run(action) : { output: [{ stdout: '', stderr, outcome: { type: 'exit', exitCode: 126 } }] }
    },
  })
}

function guardedEditor(editor: object, guard: Guard): object {
  const guarded = (name: string): Method => {
    const edit = methodOf(editor, name)
    return async (operation, ...rest) => {
      const output = await refusalOf(guard, FRAMEWORK, { uses: usesOf({ type: 'apply_patch_call', operation }), id: undefined })
      return output === undefined ? edit(operation, ...rest) : { status: 'failed', output }
    }
  }
  const names = ['createFile', 'updateFile', 'deleteFile']
  return withMethods(editor, Object.fromEntries(names.map(name => [name, guarded(name)])))
}

function usesOf(item: Fields): readonly Use[] {
  return askedOf(item)?.uses ?? []
}

/** By method of a computer, the names of its arguments. Looking and waiting do nothing. */
const GESTURES: Readonly<Record<string, readonly string[]>> = {
  click: ['x', 'y', 'button'],
  doubleClick: ['x', 'y'],
  scroll: ['x', 'y', 'scroll_x', 'scroll_y'],
  type: ['text'],
  move: ['x', 'y'],
  keypress: ['keys'],
  drag: ['path'],
}

/** By computer that asks, or what makes such, the guards that it asks. */
const COMPUTERS = new WeakMap<object, ReadonlySet<Guard>>()

/**
 * A computer that asks for each gesture, or what makes such computers: `computerTool({ computer: guardComputer(makeComputer, guard) })`. A tool that
 * makes its computers when they are wanted can be guarded in no other way.
 * @param computer a computer, a function that makes one, or an object with `create`
 */
export function guardComputer<Computer extends object>(computer: Computer, guard: Guard): Computer {
  const guards = COMPUTERS.get(computer) ?? new Set()
  if (guards.has(guard)) return computer
  const guarded = askingComputer(computer, guard)
  COMPUTERS.set(guarded, new Set([...guards, guard]))
  return guarded as Computer // with the same methods, or the same to call
}

function askingComputer(computer: object, guard: Guard): object {
  if (typeof computer === 'function')
    return async (...args: unknown[]) => guardComputer(await Reflect.apply(computer, undefined, args), guard)
  if (isMaker(computer)) {
    const create = methodOf(computer, 'create')
    return withMethods(computer, { create: async (...args) => guardComputer(Object(await create(...args)), guard) })
  }
  const gestures = Object.entries(GESTURES).map(([type, names]) => [type, guardedGesture(computer, type, names, guard)] as const)
  return withMethods(computer, Object.fromEntries(gestures))
}

function isMaker(computer: object): boolean {
  return typeof Reflect.get(computer, 'create') === 'function'
}

/** @throws TypeError where the computers that it makes do not ask */
function checkMaker(maker: unknown, guard: Guard): void {
  const guards = typeof maker === 'function' || (typeof maker === 'object' && maker !== null) ? COMPUTERS.get(maker) : undefined
  if (guards?.has(guard) !== true)
    throw new TypeError('a tool that makes its computers cannot be guarded: give it `guardComputer(computer, guard)`')
}

/** A gesture has no answer but its failure. */
function guardedGesture(computer: object, type: string, names: readonly string[], guard: Guard): Method {
  const act = methodOf(computer, type)
  return async (...args) => {
    const input = { type, ...Object.fromEntries(names.map((name, at) => [name, args[at]])) }
    const refusal = await refusalOf(guard, FRAMEWORK, { uses: [{ name: 'computer', input }], id: undefined })
    if (refusal !== undefined) throw new Error(refusal)
    return act(...args)
  }
}

/** Every call is put to the guard first, and to the application where it wanted to be asked. */
function guardHostedServer(settings: object, guard: Guard): void {
  const before: unknown = Reflect.get(settings, 'require_approval')
  const ask = Reflect.get(settings, 'on_approval') === undefined ? undefined : methodOf(settings, 'on_approval')
  const label = String(Reflect.get(settings, 'server_label'))
  change(settings, 'require_approval', 'always')
  change(settings, 'on_approval', async (context: unknown, item: unknown) => {
    const request = objectAt(Object(objectAt(Object(item), 'rawItem')), 'providerData') ?? {}
    const { name = '', arguments: input, id } = { ...request } as { name?: string; arguments?: unknown; id?: string } // as the provider has them
    const reason = await refusalOf(guard, FRAMEWORK, { uses: [{ name: `mcp__${label}__${name}`, input }], id })
    if (reason !== undefined) return { approve: false, reason }
    if (!wantsToBeAsked(before, name)) return { approve: true }
    return ask === undefined
      ? { approve: false, reason: 'a person has to approve this call, and the tool has no `onApproval`' }
      : ask(context, item)
  })
}

function wantsToBeAsked(required: unknown, tool: string): boolean {
  if (typeof required !== 'object' || required === null) return required === 'always'
  const never = fieldsAt({ ...required }, 'never')
  const names: unknown = never?.['tool_names']
  return !(Array.isArray(names) && names.includes(tool))
}

/** An MCP server that is called from here. */
function guardServer(server: object, guard: Guard): void {
  if (!once(server, guard)) return
  const refusal = (name: unknown, args: unknown) => {
    const use = { name: `mcp__${String(Reflect.get(server, 'name'))}__${String(name)}`, input: args ?? {} }
    return refusalOf(guard, FRAMEWORK, { uses: [use], id: undefined })
  }
  guardMethod(server, 'callTool', refusal, content => content)
  guardMethod(server, 'callToolResult', refusal, content => ({ content, isError: true }))
}

type Refusal = (name: unknown, args: unknown) => Promise<string | undefined>

/** Older servers have the one method only. */
function guardMethod(server: object, method: string, refusal: Refusal, answer: (content: readonly object[]) => unknown): void {
  if (typeof Reflect.get(server, method) !== 'function') return
  const call = methodOf(server, method)
  change(server, method, async (name: unknown, args: unknown, ...rest: readonly unknown[]) => {
    const text = await refusal(name, args)
    return text === undefined ? call(name, args, ...rest) : answer([{ type: 'text', text }])
  })
}

/** @throws TypeError where the object cannot be changed */
function change(holder: object, key: string, value: unknown): void {
  if (!Reflect.set(holder, key, value)) throw new TypeError(`\`${key}\` of a frozen object cannot be guarded`)
}

function objectAt(holder: object, key: string): object | undefined {
  const value: unknown = Reflect.get(holder, key)
  return typeof value === 'object' && value !== null ? value : undefined
}

function objectsAt(holder: object, key: string): readonly object[] {
  const value: unknown = Reflect.get(holder, key)
  return Array.isArray(value) ? value.filter(item => typeof item === 'object' && item !== null) : []
}
