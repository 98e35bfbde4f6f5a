/**
 * What a command would do. INVARIANT (the analyser's one promise): for every program that the shell could run, every file that it
 * could touch and every connection that it could make there is an entry here that covers it, or an `Unknown` whose scope does.
 */
import type { AbstractString } from '../decide/abstract-string.js'
import type { ValueMap } from '../decide/request.js'

/** A string that may be known only in part. */
export type Text = string | AbstractString

/** Offsets into the command as the agent sent it; of code that was not in it (a script's), the command that reached it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** How a program is reached from the command line, outermost first: `sudo`, `bash -c`, `xargs`, `$()`. */
export type Via = readonly string[]

/** One simple command that would run a program or a builtin. */
export interface Exec {
  /** The name of the program without its folder. */
  readonly program: Text
  /** As written, where a folder was written. */
  readonly programPath?: Text
  /** The program as it was called, then its arguments; nothing where redirections stand alone. */
  readonly argv: readonly Text[]
  /** More arguments may follow that are not known (`xargs`, `"$@"`, an unquoted `$x`). */
  readonly open: boolean
  /** Each option in each of its spellings that the program knows (`-r`, `-R`, `--recursive`); of a program that is not known, as written. */
  readonly flags: readonly string[]
  readonly operands: readonly Text[]
  readonly via: Via
  readonly cwd: Text
  /** `NAME=value` before the program, `env NAME=value` included. */
  readonly assignments: readonly (readonly [name: string, value: Text])[]
  /** As in the canonical line: `>out`, `2>&1`. */
  readonly redirections: readonly Text[]
  /** It can do anything that the caller cannot know: why, for people. */
  readonly dynamic?: string
  /** Changes nothing about the program it runs but how it is started (`nohup`, `timeout 5`): no part of its own. */
  readonly transparent: boolean
  readonly span: Span
}

/** `move`: it is not there any more, but what it held is in what is written next; `permission`: who may do what with it. */
export type FileOperation = 'read' | 'write' | 'delete' | 'move' | 'list' | 'run' | 'permission'

export interface FileEffect {
  readonly operation: FileOperation
  /** Absolute and normal as far as it is known. */
  readonly path: Text
  /** It is done to everything beneath the path too. */
  readonly recursive: boolean
  /** What is deleted is the command's own: it made it, and nothing was there before. */
  readonly made?: true
  /** A pattern that finds nothing, as the path that it is then: there is no such file. */
  readonly missing?: true
  /** The index into `execs` of the program that does it; -1 for the shell itself. */
  readonly by: number
  readonly span: Span
}

/** Anything else that a policy can name: `web.fetch`, `git.push`, `package.publish`, `process.kill`, `db.query` … */
export interface ActionEffect {
  readonly action: string
  readonly params: ValueMap
  readonly by: number
  readonly span: Span
}

export type Scope = 'exec' | 'read' | 'write' | 'net' | 'any'

/** Something that cannot be known. */
export interface Unknown {
  readonly scope: Scope
  /** For people: `the output of a command`, `code of python3`. */
  readonly why: string
  readonly span: Span
}

export interface Analysis {
  readonly execs: readonly Exec[]
  readonly files: readonly FileEffect[]
  readonly actions: readonly ActionEffect[]
  readonly unknowns: readonly Unknown[]
  readonly syntax: 'ok' | 'error' | 'incomplete'
}

/** What the analyser may ask of the file system; every answer is of this moment. */
export interface Files {
  /** The text of a file of at most 64 KiB; undefined where there is none or it cannot be read. */
  readText(path: string): string | undefined
  /** The names in a folder; undefined where it cannot be listed. */
  list(path: string): readonly string[] | undefined
  kind(path: string): 'file' | 'folder' | 'none' | 'unknown'
}

export interface ShellInput {
  readonly command: string
  readonly cwd: string | undefined
  readonly home: string | undefined
  /** The agent's project; what `within` it means is the policy's business. */
  readonly projectRoot: string | undefined
  readonly user: string | undefined
  readonly files?: Files
}
