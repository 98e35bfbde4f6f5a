/** The host on Node, Bun and Deno. Only synchronous calls on file descriptors: streams alone cost a fifth of a start. */
import type * as childProcess from 'node:child_process'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import type { FileFacts, Host, OpenFile, Process } from './host.js'
import { readInput } from './input.js'
import { longestRealPath, type Resolved } from './real-path.js'

export const nodeHost: Host = {
  args: process.argv.slice(2),
  platform: process.platform,
  script: process.argv[1] ?? '',
  readInput: limit => readInput({ read: readChunk, decode }, limit),
  write: (stream, text) => writeAll(stream === 'stdout' ? 1 : 2, Buffer.from(text, 'utf8')),
  readFile,
  openFile,
  fileFacts,
  fileTimeStepMs: 0,
  listFolder,
  realPath: path => longestRealPath(path, resolveLinks),
  append,
  move,
  now: () => Date.now(),
  run,
  exit: status => process.exit(status),
}

/** The text, or undefined where the bytes are no UTF-8: those come back otherwise than they went in. (A TextDecoder costs a tenth of a start.) */
function decode({ buffer, byteOffset, length }: Uint8Array): string | undefined {
  const bytes = Buffer.from(buffer, byteOffset, length)
  const text = bytes.toString('utf8')
  return !text.includes('\ufffd') || Buffer.from(text, 'utf8').equals(bytes) ? text : undefined
}

/** A pipe that another process made non-blocking answers "again" while it is empty. */
function readChunk(chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, chunk, 0, chunk.length, null)
    } catch (error) {
      if (codeOf(error) === 'EOF') return 0
      if (codeOf(error) !== 'EAGAIN') throw error
      pause()
    }
  }
}

function writeAll(fd: number, bytes: Buffer): boolean {
  let written = 0
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written)
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') return false
      pause()
    }
  }
  return true
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function openFile(path: string): OpenFile {
  const fd = openSync(path, 'r')
  const read = (offset: number, length: number): Buffer => {
    const bytes = Buffer.allocUnsafeSlow(length)
    const count = readSync(fd, bytes, 0, length, offset)
    return count === length ? bytes : bytes.subarray(0, count)
  }
  return { size: fstatSync(fd).size, read, ascii: (offset, length) => read(offset, length).toString('latin1') }
}

function fileFacts(path: string): FileFacts | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats === undefined) return undefined
    const { size, mtimeMs, ctimeMs, mode } = stats
    // By the mode itself: a hook compiles each function of the engine's library that it calls.
    return { size, mtimeMs, ctimeMs, isFile: (mode & S_IFMT) === S_IFREG, isFolder: (mode & S_IFMT) === S_IFDIR }
  } catch {
    return undefined
  }
}

const { S_IFMT, S_IFREG, S_IFDIR } = constants

function listFolder(path: string): readonly string[] | undefined {
  try {
    return readdirSync(path)
  } catch {
    return undefined
  }
}

function resolveLinks(path: string): Resolved {
  try {
    return { kind: 'real', path: realpathSync.native(path) }
  } catch (error) {
    return codeOf(error) === 'ENOENT' && !isDangling(path) ? { kind: 'missing' } : { kind: 'unknown' }
  }
}

/** A link to nothing: what is made through it is made elsewhere. */
function isDangling(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

function append(folder: string, name: string, text: string): boolean {
  try {
    const fd = openToAppend(folder, `${folder}/${name}`)
    try {
      writeSync(fd, text)
    } finally {
      closeSync(fd)
    }
    return true
  } catch {
    return false
  }
}

/** The folder is there but for the first call of all. */
function openToAppend(folder: string, path: string): number {
  try {
    return openSync(path, 'a', 0o600)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return openSync(path, 'a', 0o600)
  }
}

function move(from: string, folder: string, to: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    renameSync(from, to)
    return true
  } catch {
    return false
  }
}

function run(program: string, args: readonly string[], input: string): Process {
  // Loaded here alone: most calls never need it, and loading it costs a tenth of a start.
  const { spawnSync } = require('node:child_process') as typeof childProcess
  const { status, stdout, stderr } = spawnSync(program, args, { input, env: {}, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return { status: status ?? undefined, stdout: stdout ?? '', stderr: stderr ?? '' }
}
