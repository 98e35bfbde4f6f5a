/** What the scanner knows of a scripting language. */
import type { RoleTable } from './role-table.js'
import type { Syntax } from './tokens.js'

export type LanguageName = 'python' | 'javascript' | 'perl' | 'ruby' | 'lua' | 'php'

export interface Language {
  readonly syntax: Syntax
  readonly table: () => RoleTable
  /** Of the file of a module. */
  readonly extension: string
  /** The operator that joins texts. */
  readonly joins: string
  /** The signs between an object and a member of it. */
  readonly members: readonly string[]
  /** Calls need no brackets. */
  readonly bare?: boolean
  /** A function that the table does not name can be anything. */
  readonly closed?: boolean
  /** Methods count only where this module is used. */
  readonly methodsOf?: string
  /** The arguments of the program: the name of their list, and what stands before them in it. */
  readonly argv: readonly (readonly [name: string, before: number])[]
  /** Texts that name what can do anything. */
  readonly words?: readonly string[]
  /** Its functions that do something and need no import; every other name of the table is that of a module, which is loaded before it is used. */
  readonly builtins?: string
  /** What it prints with. */
  readonly prints: readonly string[]
  /** Each print ends the line. */
  readonly lines?: boolean
}
