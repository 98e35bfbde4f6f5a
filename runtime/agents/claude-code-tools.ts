/** The tools of Claude Code as canonical actions: names and arguments, with nothing guessed. */
import type { Value, ValueMap } from '../decide/request.js'
import { hasOwn, isMap, own } from '../decide/value.js'

export interface CanonicalAction {
  readonly action: string
  readonly params: ValueMap
}

interface ToolMapping {
  readonly action: string
  /** Arguments that must be there as text: without one, nothing can be said of what the call does. */
  readonly required: readonly string[]
  /** Arguments with another canonical name; every other one keeps its own. */
  readonly renamed?: Readonly<Record<string, string>>
}

const SHELL = { timeout: 'timeout_ms', run_in_background: 'background', dangerouslyDisableSandbox: 'sandbox_disabled' } as const
const SPAWN: ToolMapping = { action: 'agent.spawn', required: ['prompt'], renamed: { subagent_type: 'agent_type' } }

const TOOLS: Readonly<Record<string, ToolMapping>> = {
  Bash: { action: 'bash.execute', required: ['command'], renamed: SHELL },
  Monitor: { action: 'bash.execute', required: ['command'], renamed: SHELL },
  PowerShell: { action: 'powershell.execute', required: ['command'], renamed: SHELL },
  Read: { action: 'file.read', required: ['file_path'] },
  Write: { action: 'file.write', required: ['file_path', 'content'] },
  Edit: { action: 'file.edit', required: ['file_path'] },
  MultiEdit: { action: 'file.edit', required: ['file_path'] },
  NotebookEdit: {
    action: 'notebook.edit',
    required: ['notebook_path'],
    renamed: { notebook_path: 'file_path', new_source: 'content', edit_mode: 'mode' },
  },
  Glob: { action: 'file.glob', required: ['pattern'] },
  Grep: { action: 'file.grep', required: ['pattern'] },
  WebFetch: { action: 'web.fetch', required: ['url'] },
  WebSearch: { action: 'web.search', required: ['query'] },
  Agent: SPAWN,
  Task: SPAWN,
  SendMessage: { action: 'agent.message', required: [] },
  Skill: { action: 'skill.invoke', required: ['skill'] },
  CronCreate: { action: 'schedule.create', required: [] },
  Workflow: { action: 'schedule.create', required: [] },
  KillShell: { action: 'process.kill', required: [] },
  TaskStop: { action: 'process.kill', required: [] },
}

/** Tools that do nothing outside the agent: `internal.<tool>`, as the published program named them. */
const INTERNAL: readonly string[] = [
  'AskUserQuestion',
  'BashOutput',
  'CronDelete',
  'CronList',
  'EnterPlanMode',
  'ExitPlanMode',
  'ListAgents',
  'LSP',
  'TaskCreate',
  'TaskGet',
  'TaskList',
  'TaskOutput',
  'TaskUpdate',
  'TodoRead',
  'TodoWrite',
  'ToolSearch',
]

/** A tool that is not known, or one whose arguments are not what it takes, is `tool.other`: never nothing to object to. */
export function actionOf(tool: string, input: Value, server: Value | undefined): CanonicalAction {
  if (tool.startsWith('mcp__')) return mcpAction(tool, input, server)
  if (INTERNAL.includes(tool)) return { action: `internal.${tool}`, params: isMap(input) ? input : {} }
  if (tool === 'ReadMcpResourceTool') return mcpResource(tool, input)
  const mapping = hasOwn(TOOLS, tool) ? TOOLS[tool] : undefined
  if (mapping === undefined) return { action: 'tool.other', params: { tool, arguments: input } }
  if (!isMap(input) || !mapping.required.every(name => typeof own(input, name) === 'string')) return malformed(tool, input)
  return { action: mapping.action, params: renamed(input, mapping.renamed ?? {}) }
}

function malformed(tool: string, input: Value): CanonicalAction {
  return { action: 'tool.other', params: { tool, arguments: input, malformed: true } }
}

function renamed(input: ValueMap, names: Readonly<Record<string, string>>): ValueMap {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [hasOwn(names, name) ? (names[name] ?? name) : name, value]))
}

/** `mcp__server__tool`; the platform tells the server apart where its name holds `__`. */
function mcpAction(tool: string, input: Value, server: Value | undefined): CanonicalAction {
  const rest = tool.slice('mcp__'.length)
  const told = server !== undefined && isMap(server) ? own(server, 'name') : undefined
  const known = typeof told === 'string' && rest.startsWith(`${told}__`) ? told.length : rest.indexOf('__')
  if (known <= 0) return malformed(tool, input)
  const names = { server: rest.slice(0, known), tool: rest.slice(known + 2) }
  return {
    action: `mcp.${escaped(names.server)}.${escaped(names.tool)}`,
    params: { ...(isMap(input) ? input : {}), ...names, arguments: input },
  }
}

function mcpResource(tool: string, input: Value): CanonicalAction {
  const server = isMap(input) ? own(input, 'server') : undefined
  if (typeof server !== 'string' || !isMap(input)) return malformed(tool, input)
  return { action: `mcp.${escaped(server)}.resources/read`, params: input }
}

/** Names become part of an action: what a glob or a dot could read differently is written as its code point. */
function escaped(name: string): string {
  let text = ''
  for (const char of name) text += /[A-Za-z0-9_/-]/.test(char) ? char : `%${(char.codePointAt(0) ?? 0).toString(16)}`
  return text
}
