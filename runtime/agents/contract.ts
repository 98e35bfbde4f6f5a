/** What the adapter of a platform is: how its hook input reads, and how a decision is told to it so that it holds. */
import type { Call } from '../decide/request.js'
import type { Decision } from '../decide/result.js'
import type { ShellFacts } from '../shell/expand.js'

export type PlatformName =
  | 'claude-code'
  | 'codex'
  | 'copilot-cli'
  | 'copilot-vscode'
  | 'cursor'
  | 'windsurf'
  | 'cline'
  | 'gemini-cli'
  | 'qwen-code'
  | 'opencode'
  | 'crush'
  | 'goose'
  | 'droid'
  | 'kiro'
  | 'antigravity'
  | 'amp'

/** The exit statuses that the installed command understands; every other one blocks. */
export const STATUS = { allow: 10, ask: 11, deny: 2 } as const

/** What the host knows that the platform does not tell. */
export interface HostFacts extends ShellFacts {
  readonly home?: string
  readonly user?: string
  /** Where the hook was started, for platforms whose input does not tell where the agent works. */
  readonly cwd?: string
  readonly platform: string
  readonly mode?: string
}

/** The tool call as the platform names it, for the record. */
export interface ToolCall {
  /** That of the platform whose dialect the input is in: it is the one that gets the answer. */
  readonly adapter: Adapter
  readonly tool: string
  readonly call: Call
  /** Whether the platform asks a person when it is told to: some do so for some tools or in some modes only. */
  readonly asks: boolean
}

export type Parsed = { readonly kind: 'call'; readonly toolCall: ToolCall } | { readonly kind: 'invalid'; readonly why: string }

/** What the hook answers: text for both streams and a status of `STATUS`. */
export interface Reply {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

/** The statuses that the platform shall see where the hook ends with those of `STATUS`. */
export interface Exits {
  readonly allow: number
  readonly ask: number
  readonly deny: number
}

/** How a platform writes the tools of servers: what stands before the server's name, and between it and the tool's; no separator where it keeps the server to itself. */
export type McpNames = readonly [prefix: string, separator?: string]

/** What a platform's tools are. */
export interface Tables {
  /** The events that are calls about to run, separated by blanks; a payload that names another one is none. */
  readonly events: string
  /** Words of `draftsOf` with the tools that they are about: `file.read Read View|file.write* Create`. */
  readonly tools: string
  readonly mcp: McpNames
}

export interface Adapter extends Tables {
  readonly name: PlatformName
  /** @param json what stdin held, parsed */
  read(json: unknown, facts: HostFacts): Parsed
  /** @param notice what the user should be told besides, where the platform can show it */
  reply(decision: Decision, message: string, notice?: string): Reply
  readonly exits: Exits
  /** Whether it asks about some calls more than once. */
  readonly repeats: boolean
}
