/** Tools of MCP servers: `mcp.<server>.<tool>`. */
import type { Value, ValueMap } from '../decide/request.js'
import { isMap, own } from '../decide/value.js'
import { type Draft, parsed } from './canonical.js'
import type { McpNames } from './contract.js'

/** A call of a server's tool, and what else it may be where its name can be read in several ways. */
export interface McpDrafts {
  readonly draft: Draft
  readonly otherwise: readonly Draft[]
}

/**
 * Undefined where the name is none of a server's tool. Of a name that can be taken apart in several ways it is that of the longest server
 * that is known, else no statement allows it that names one; each other reading is looked at by statements that deny or review, since the
 * agent may write the file that names a server.
 * @param servers the names of the servers, as far as the platform or its files tell them
 */
export function mcpDrafts(
  [prefix, separator]: McpNames,
  tool: string,
  input: Value,
  servers: () => readonly string[],
): McpDrafts | undefined {
  if (!tool.startsWith(prefix) || tool.length > LONGEST) return undefined
  const rest = tool.slice(prefix.length)
  if (separator === undefined) return { draft: mcpDraft(undefined, rest, input), otherwise: [] }
  const readAt = (at: number) => mcpDraft(rest.slice(0, at), rest.slice(at + separator.length), input)
  const known = knownSplit(rest, separator, servers)
  const readings = splitsOf(rest, separator)
    .filter(at => at !== known)
    .map(readAt)
  if (known !== undefined) return { draft: readAt(known), otherwise: readings }
  const [first, ...others] = readings
  if (first === undefined) return undefined
  if (others.length === 0 || separator === '__') return { draft: first, otherwise: others }
  return { draft: mcpDraft(undefined, rest, input), otherwise: readings }
}

/** Behind the longest of the servers that are known. */
function knownSplit(rest: string, separator: string, servers: () => readonly string[]): number | undefined {
  const known = servers().filter(server => rest.length > server.length + separator.length && rest.startsWith(server + separator))
  return known.length === 0 ? undefined : Math.max(...known.map(server => server.length))
}

const MOST_READINGS = 16
/** Longer names are no model's to say. */
const LONGEST = 512

function splitsOf(name: string, separator: string): readonly number[] {
  const splits: number[] = []
  for (let at = name.indexOf(separator, 1); at !== -1 && splits.length < MOST_READINGS; at = name.indexOf(separator, at + 1))
    if (at + separator.length < name.length) splits.push(at)
  return splits
}

/** @param server undefined where the platform does not tell it */
export function mcpDraft(server: string | undefined, tool: string, input: Value): Draft {
  const names = server === undefined ? { tool } : { server, tool }
  return {
    action: `mcp.${server === undefined ? '*' : escaped(server)}.${escaped(tool)}`,
    params: { ...(isMap(input) ? input : {}), ...names, arguments: input },
  }
}

/** What is read of a server; undefined where it is not said which. */
export function mcpResource(input: Value): Draft | undefined {
  if (!isMap(input)) return undefined
  const server = own(input, 'server') ?? own(input, 'server_name')
  return typeof server === 'string' ? { action: `mcp.${escaped(server)}.resources/read`, params: { ...input, server } } : undefined
}

/** A server and its tool as arguments. */
export function mcpUse(input: Value): Draft | undefined {
  if (!isMap(input)) return undefined
  const server = named(input, 'server_name')
  const tool = named(input, 'tool_name')
  return server === undefined || tool === undefined
    ? undefined
    : mcpDraft(server, tool, parsed(own(input, 'mcp_tool_arguments') ?? own(input, 'arguments') ?? null))
}

function named(input: ValueMap, name: string): string | undefined {
  const value = own(input, `mcp_${name}`) ?? own(input, name)
  return typeof value === 'string' ? value : undefined
}

/** Names become part of an action: what a glob or a dot could read differently is written as its code point. */
export function escaped(name: string): string {
  let text = ''
  for (const char of name) text += /[A-Za-z0-9_/-]/.test(char) ? char : `%${(char.codePointAt(0) ?? 0).toString(16)}`
  return text
}
