/** What a guard needs of the engine that it runs on. */
import type { HostFacts } from '../runtime/agents/contract.js'
import type { EmbeddedPolicy } from '../runtime/host/embedded.js'
import type { Mode } from '../runtime/record/record.js'
import type { RuleLike } from './rules.js'

export interface Sources {
  readonly paths: readonly string[]
  readonly rules: readonly RuleLike[]
}

export interface Machine {
  /** Of the machine that the guard runs on, but for the working directory, which changes. */
  facts(): HostFacts
  /** The working directory; undefined where there is none. */
  cwd(): string | undefined
  /** Opens a bundle by its path. @throws where there is none, or it is none */
  openBundle(path: string): EmbeddedPolicy
  /** @throws where the policy does not compile, with what the compiler says */
  compile(sources: Sources): EmbeddedPolicy
  /** What `agsec observe` and its like set. */
  mode(): Mode
  /** Appends a line to the log in a folder, that of the hooks by default; false where that failed. */
  append(line: string, folder?: string): boolean
  /** Whether it is known to be a proxy. */
  isProxy(value: object): boolean
}
