/** What is put into an agent's file, by the form of the file. */
import type { AgentScope, AgentSystem } from '../../compiler/protection/agent-files.js'
import type { Floor } from '../export/floor.js'
import type { JsonEntry } from './json-edit.js'
import type { TomlEntry } from './toml-edit.js'

export type Entry =
  | { readonly kind: 'json'; readonly entry: JsonEntry }
  /** @param event under `hooks`, where the commands stand */
  | { readonly kind: 'toml'; readonly entry: TomlEntry; readonly event: string }
  /** A file of our own: a plugin or a script. */
  | { readonly kind: 'file'; readonly text: string; readonly executable: boolean }

/** The installed command in the forms that platforms want. */
export interface HookTexts {
  readonly system: AgentSystem
  readonly scope: AgentScope
  /** What the platform's shell runs: `/bin/sh` or PowerShell, as the system has it. */
  readonly command: string
  /** The status with which the command lets a call through. */
  readonly allow: number
  /** What nobody elsewhere can guess, for platforms where a project can switch hooks off by their names. */
  readonly token?: string
  /** What the agent's own rules shall deny besides. */
  readonly floor?: Floor
}

/** A file and what belongs into it. */
export interface Placed {
  readonly path: string
  readonly entry: Entry
}
