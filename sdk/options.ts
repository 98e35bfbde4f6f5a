/** What a guard is made of. */
import type { HostFacts } from '../runtime/agents/contract.js'
import type { ValueMap } from '../runtime/decide/request.js'
import type { AuditRecord, Mode } from '../runtime/record/record.js'
import type { OnReview } from './contract.js'
import type { ToolMapping } from './mapping.js'
import type { RuleLike } from './rules.js'

export type { AuditRecord, Mode }

/** Where the tools run. */
export type MachineFacts = Partial<Pick<HostFacts, 'home' | 'user' | 'cwd' | 'platform' | 'realPath' | 'files'>>

/** One of them: a bundle, or sources that are compiled when the guard is made. */
export interface PolicySource {
  /** The path of a bundle of `agsec compile`, or what a bundle gave that was imported (`--target esm`) or required. */
  readonly bundle?: unknown
  /** Files and folders of YAML policies. */
  readonly policies?: string | readonly string[]
  /** Rules written in code: together with `policies` one policy. */
  readonly rules?: readonly RuleLike[]
}

export interface GuardOptions extends PolicySource {
  /** What policies see as `context.agent`. Default: `sdk`. */
  readonly agent?: string
  /** For every call, besides what its framework tells: `session_id`, `cwd`, whatever the policies ask about. A function is called for each call. */
  readonly context?: ValueMap | (() => ValueMap)
  /** Asks a person. Without it a review is a refusal. */
  readonly onReview?: OnReview
  /** Milliseconds that `onReview` may take; then the call is refused. Default: five minutes. */
  readonly reviewTimeoutMs?: number
  /**
   * Where calls are recorded, as hooks record theirs: `true` for the log of hooks (`~/.agsec/audit`), a folder, or a function that is given each
   * record. A call that cannot be recorded does not run. Default: nowhere.
   */
  readonly audit?: boolean | string | ((record: AuditRecord) => void)
  /**
   * `enforce`, the default; `observe` records what would be refused and lets it run, but for what protects agsec itself; `halt` refuses everything;
   * `machine` is the mode that `agsec observe`, `enforce` and `halt` set for the hooks of this machine, looked up for each call.
   */
  readonly mode?: Mode | 'machine'
  /** More tools and their actions; a tool that is named here is not looked up elsewhere. */
  readonly mapping?: ToolMapping
  /** Where the tools run, if that is not this machine: nothing is then known but what is said here. */
  readonly machine?: MachineFacts
}
