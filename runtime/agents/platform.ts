/** An adapter made of what tells its platform from the others. */
import type { Call, Value, ValueMap } from '../decide/request.js'
import { isMap, own } from '../decide/value.js'
import { callOf } from './call-of.js'
import { type Draft, MOST, otherTool, parsed } from './canonical.js'
import { contextOf } from './context.js'
import type { Adapter, Exits, HostFacts, Parsed, PlatformName, Tables } from './contract.js'
import { mcpDraft, mcpDrafts } from './mcp.js'
import { namedServers, type ServerFiles } from './servers.js'
import { draftsOf } from './shapes.js'

/** A tool about to be used. */
export interface ToolUse {
  readonly tool: string
  readonly input: Value
  /** The names of MCP servers, as far as the input tells them. */
  readonly servers?: readonly string[]
  /** Server and tool, where the input tells them apart itself. */
  readonly mcp?: readonly [server: string, tool: string]
  /** What else is known of it, besides what the tool is given. */
  readonly more?: ValueMap
}

export interface Definition extends Tables {
  readonly name: PlatformName
  /** The arguments of its shell that say where a command runs, separated by blanks; it has none where this is not given. */
  readonly cwd?: string
  /** Whether a text in place of arguments is one of them, and not JSON: a command may look like JSON, too. */
  readonly takesText?: boolean
  /** The only other names that its tools have for arguments that must be there, where all its names are known. */
  readonly exact?: string
  /** Where it keeps its MCP servers, if a tool's name may be all that it tells of one. */
  readonly servers?: ServerFiles
  /** Where the payload holds the call, if not in `tool_name` and `tool_input`; undefined where there is none. */
  readonly use?: (input: ValueMap) => ToolUse | undefined
  /** Whether the platform asks a person about this call when told to. */
  readonly asks?: (input: ValueMap) => boolean
  readonly reply: Adapter['reply']
  readonly exits: Exits
  /** Whether it asks about some calls more than once. */
  readonly repeats?: boolean
}

export function platform(definition: Definition): Adapter {
  const adapter: Adapter = { repeats: false, ...definition, read: (json, facts) => read(adapter, definition, json, facts) }
  return adapter
}

function read(adapter: Adapter, definition: Definition, json: unknown, facts: HostFacts): Parsed {
  const input = json as Value // JSON.parse gives nothing else
  if (!isMap(input)) return invalid('the hook input is not a JSON object')
  const event = own(input, 'hook_event_name') ?? own(input, 'event') ?? own(input, 'hookName')
  if (event !== undefined && !(typeof event === 'string' && definition.events.split(' ').includes(event)))
    return invalid(`the hook is for calls about to run, not for the event ${JSON.stringify(event)}`)
  if (RESULTS.some(key => own(input, key) !== undefined)) return invalid('the hook is for calls about to run, not for their results')
  const use = (definition.use ?? named)(input)
  if (use === undefined || use.tool === '') return invalid(`the hook input is no call of a tool as ${definition.name} writes it`)
  const call = callOfUse(definition, use, contextOf(definition.name, input, facts), facts)
  return { kind: 'call', toolCall: { adapter, tool: use.tool, call, asks: definition.asks?.(input) ?? false } }
}

/** What only stands in the input of hooks that come after a call. */
const RESULTS = ['tool_response', 'toolResult', 'tool_result', 'tool_output', 'tool_error']

function invalid(why: string): Parsed {
  return { kind: 'invalid', why }
}

/** A call in `tool_name` and `tool_input`. */
export function named(input: ValueMap): ToolUse | undefined {
  const tool = own(input, 'tool_name')
  const server = own(input, 'mcp_server')
  const told = server !== undefined && isMap(server) ? own(server, 'name') : undefined
  const servers = typeof told === 'string' ? [told] : []
  return typeof tool === 'string' ? { tool, input: own(input, 'tool_input') ?? null, servers } : undefined
}

function callOfUse(definition: Definition, use: ToolUse, context: ValueMap, facts: HostFacts): Call {
  const { tool, input, servers = [], mcp, more = {} } = use
  if (mcp !== undefined) return callOf(tool, [mcpDraft(...mcp, parsed(input))], [], context, facts)
  const kind = kindOf(definition.tools, tool)
  if (kind === undefined) {
    const known = () =>
      definition.servers === undefined ? servers : [...servers, ...namedServers(definition.servers, own(context, 'project_root'), facts)]
    const found = mcpDrafts(definition.mcp, tool, parsed(input), known)
    const { action, params } = found?.draft ?? otherTool(tool, input, definition.mcp[0] !== '' && tool.startsWith(definition.mcp[0]))
    return callOf(tool, [{ action, params: { ...params, ...more } }], found?.otherwise ?? [], context, facts)
  }
  const read = definition.takesText === true ? input : parsed(input)
  const drafts = draftsOf(kind, tool, read, definition.exact)?.map(draft => inFolder(draft, definition.cwd))
  return callOf(tool, drafts === undefined || drafts.length > MOST ? [otherTool(tool, input, true)] : drafts, [], context, facts)
}

/** An argument that the tool does not have must not move the command elsewhere. */
function inFolder(draft: Draft, names = ''): Draft {
  const { action, params } = draft
  if (!action.endsWith('.execute')) return draft
  const { cwd: _, ...rest } = params
  const folder = names
    .split(' ')
    .map(name => own(params, name))
    .find(value => value !== undefined && value !== '')
  return { action, params: folder === undefined ? rest : { ...rest, cwd: folder } }
}

function kindOf(tools: string, tool: string): string | undefined {
  for (const line of tools.split('|')) {
    const [kind, ...names] = line.split(' ')
    if (names.includes(tool)) return kind
  }
  return undefined
}
