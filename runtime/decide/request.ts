import type { AbstractString } from './abstract-string.js'

/** A value of a request: what JSON can say, and strings known only in part. */
export type Value = null | boolean | number | string | AbstractString | readonly Value[] | ValueMap
export interface ValueMap {
  readonly [key: string]: Value
}

/** One action that somebody wants to take. */
export interface Request {
  /** A dotted name: `bash.execute`, `file.read`, `mcp.slack.post`. */
  readonly action: string
  /** The tool's arguments under canonical names. */
  readonly params: ValueMap
  /** Who and where: `agent`, `session_id`, `cwd`, `project_root`, `home`, `user`, `platform`, `mode`. */
  readonly context: ValueMap
}

/**
 * What a request of a tool call is to that call: the `whole` as the agent sent it, a `part` that the shell would run as a
 * simple command, or an `effect` that a part would have on the world.
 */
export type Role = 'whole' | 'part' | 'effect'

/** Where in a tool call a part or an effect comes from, for people. */
export interface Origin {
  /** The words of the call. */
  readonly text: string
  /** Through what they are reached, outermost first: `sudo`, `bash -c`. */
  readonly via: readonly string[]
  /** What an effect is: `file.read /p/.env`. */
  readonly effect?: string
}

export interface ExpandedRequest {
  readonly role: Role
  readonly request: Request
  /** The same request under its real path, where that differs from the path as written or cannot be known. */
  readonly real?: Request
  /** The request stands for what may lie beneath a path: every match of it is only possible, decided by `on_unknown`. */
  readonly beneath?: boolean
  readonly origin?: Origin
}

/** A tool call after expansion: the whole first (of a call that does several things those of its members, too), then the parts, then the effects. */
export type Call = readonly ExpandedRequest[]
