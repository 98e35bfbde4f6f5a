/** What a model of a program is: a function from how the program is called to what that does to the world. */
import type { ValueMap } from '../../decide/request.js'
import type { Files, FileOperation, Scope, Text } from '../analysis.js'

/** One call of a program, words expanded. */
export interface Invocation {
  /** The name without its folder, in the case in which it was written; always known here. */
  readonly name: string
  /** The arguments after the name. An unquoted word of which nothing is known is one unrestricted hole, and `open` is set. */
  readonly args: readonly Text[]
  /** More arguments may follow, or stand in place of a hole. */
  readonly open: boolean
  /** Each of those that may follow is this, where that much is known of them. */
  readonly more?: Text | undefined
  /** What it reads on its standard input: a text known at least in part, or not known (a pipe, a file), or nothing of interest. */
  readonly stdin: Text | undefined
  /** Standard input is a pipe or a file of the command itself, not the terminal. */
  readonly piped: boolean
  /** Assignments in front of it and of wrappers before it. */
  readonly environment: ReadonlyMap<string, Text>
}

/** How an inner command is reached. */
export interface Reach {
  /** For people and for `params.via`: `sudo`, `find -exec`, `ssh host`. */
  readonly via: string
  /** It runs elsewhere: its files and programs are not those of this machine. */
  readonly elsewhere?: boolean
  /** The outer program only starts the inner one: it is no part of its own. */
  readonly transparent?: boolean
  /** Added to the environment of the inner program. */
  readonly assignments?: readonly (readonly [string, Text])[]
  /** The same where each may be one of several, and none is shown. */
  readonly exports?: readonly (readonly [string, readonly Text[]])[]
  /** The working directory of the inner program, relative to the current one. */
  readonly cwd?: Text
  /** What the inner program reads, where that is not what the outer one reads. */
  readonly stdin?: Text
  /** `open` of the inner invocation: unknown arguments follow. */
  readonly open?: boolean
  readonly more?: Text | undefined
}

/** What a model tells. Paths are as the program takes them: relative to the working directory, `~` not expanded. */
export interface World {
  readonly files: Files | undefined
  /** The user's home folder, where it is known. */
  readonly home: string | undefined
  /** The working directory, as far as it is known. */
  readonly cwd: Text
  /** Where it may be one of several, each of them, the likely one first. */
  readonly cwds: readonly Text[]
  /** The text of a file by its path as the program takes it, where the file system or an earlier part of the command tells. */
  readText(path: Text): Text | undefined
  /** The same where it is the command's own doing: only that may become part of a word, which may be shown to the agent. */
  madeText(path: Text): Text | undefined
  /** The names of the files in a folder that the command itself has made, and nobody else. */
  madeIn(folder: Text): readonly string[] | undefined
  /** The first names in a folder as it is now, in order; undefined where it cannot be listed. */
  names(folder: Text): readonly string[] | undefined
  /** An earlier part of the command may have written the file: it is not what it was in the file system. */
  wrote(path: Text): boolean
  /** An earlier part of the command may have written any file at all. */
  readonly hasWritten: boolean
  /** The files to which the command has written a text so far. */
  written(): readonly string[]
  /** @param isOwn what is written is the program's own, and no text that the command has put together */
  file(operation: FileOperation, path: Text, recursive?: boolean, isOwn?: boolean): void
  /** `web.fetch`, `git.push`, `process.kill` … */
  act(action: string, params: ValueMap): void
  /** What such actions of the command so far were about. */
  acted(action: string): readonly ValueMap[]
  /** The options that were found, each in all of its spellings, and the operands, for `params.flags` and `params.operands`. */
  describe(flags: readonly string[], operands: readonly Text[]): void
  /** It starts another program with these arguments, the program's name first. Returns that program's output. */
  run(argv: readonly Text[], how: Reach): Output
  /** It has a shell run this text. @param parameters `$0`, `$1` … */
  shell(script: Text, how: Reach, parameters?: readonly Text[]): Output
  /** It runs a script file: read and analysed where that is possible, else unknown. @param parameters `$1`, `$2` … */
  script(path: Text, how: Reach, parameters?: readonly Text[]): Output
  /** It runs code or does things that cannot be known. Marks the program's own part as dynamic where the scope is `exec` or `any`. */
  unknown(scope: Scope, why: string): void
}

/** What the program prints, where that is known: a pipe or a command substitution may make code of it. */
export type Output = Text | undefined

export type Model = (call: Invocation, world: World) => Output
