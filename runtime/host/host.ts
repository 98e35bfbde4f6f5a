/** What the kernel needs of the engine it runs on: one small file per engine implements this, everything else is plain ECMAScript. */

import type { TableFile } from '../decide/table.js'

export interface FileFacts {
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly isFile: boolean
  readonly isFolder: boolean
}

/** A file that is read in part. */
export interface OpenFile extends TableFile {
  /** So many characters of ASCII from such a place, or as many as there are. Throws where they cannot be read. */
  ascii(offset: number, length: number): string
}

/** The text of stdin, or why there is none. */
export type Input = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'too long' } | { readonly kind: 'not UTF-8' }

/** A path with its symbolic links resolved as far as it exists; undefined where that cannot be told. */
export type RealPath = string | undefined

export interface Process {
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
}

export interface Host {
  /** The arguments after the script. */
  readonly args: readonly string[]
  /** `linux`, `darwin`, `win32` … */
  readonly platform: string
  /** The absolute path of the running script. */
  readonly script: string
  /** Reads stdin up to the limit, in bytes. */
  readInput(limit: number): Input
  /** Writes all of it; false where that failed. */
  write(stream: 'stdout' | 'stderr', text: string): boolean
  /** Undefined where the file is missing. Throws where it cannot be read. */
  readFile(path: string): string | undefined
  /** A file to be read by offset, open as long as the process runs. Throws where it cannot be opened. */
  openFile(path: string): OpenFile
  /** Undefined where there is nothing or it cannot be told. */
  fileFacts(path: string): FileFacts | undefined
  /** Milliseconds to which the engine cuts the times of files: 0 where it tells them as they are. */
  readonly fileTimeStepMs: number
  /** Undefined where the folder cannot be listed. */
  listFolder(path: string): readonly string[] | undefined
  realPath(path: string): RealPath
  /** Appends the text by one write, making folder (0700) and file (0600) as needed; false where that failed. */
  append(folder: string, name: string, text: string): boolean
  /** Moves a file, making the folder (0700) as needed; false where it is not there any more or that failed. Of several at once one succeeds. */
  move(from: string, folder: string, to: string): boolean
  /** Milliseconds since 1970. */
  now(): number
  /** Runs a program with an empty environment. */
  run(program: string, args: readonly string[], input: string): Process
  exit(status: number): void
}
