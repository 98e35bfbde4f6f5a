/**
 * The host on QuickJS (2021-03-27 and later, quickjs-ng too), run with `--std`, which makes the modules `std` and `os` global.
 * Only calls on file descriptors, whose errors are all seen: a call answers with the negative error number where it failed.
 *
 * Source: the manual of QuickJS, section "Standard library".
 */
import type { FileFacts, Host, OpenFile, Process } from './host.js'
import { readInput } from './input.js'
import { longestRealPath, type Resolved } from './real-path.js'
import { decodeUtf8, encodeUtf8 } from './utf8.js'

/** What is used of them. */
declare const scriptArgs: readonly string[]
declare const std: {
  readonly SEEK_SET: number
  readonly SEEK_END: number
  exit(status: number): void
  /** Null where it cannot be opened. */
  open(path: string, flags: string): StdFile | null
  /** A file without a name, gone when the process ends; null where there can be none. */
  tmpfile(): { fileno(): number } | null
}
declare const os: {
  readonly platform: string
  readonly O_RDONLY: number
  readonly O_WRONLY: number
  readonly O_APPEND: number
  readonly O_CREAT: number
  readonly S_IFMT: number
  readonly S_IFREG: number
  readonly S_IFDIR: number
  readonly S_IFLNK: number
  readonly SIGPIPE: number
  open(path: string, flags: number, mode?: number): number
  close(fd: number): number
  seek(fd: number, offset: number, whence: number): number
  read(fd: number, buffer: ArrayBufferLike, offset: number, length: number): number
  write(fd: number, buffer: ArrayBufferLike, offset: number, length: number): number
  stat(path: string): readonly [facts: OsFacts | null, error: number]
  lstat(path: string): readonly [facts: OsFacts | null, error: number]
  realpath(path: string): readonly [path: string, error: number]
  readdir(path: string): readonly [names: readonly string[], error: number]
  mkdir(path: string, mode: number): number
  rename(from: string, to: string): number
  sleep(delayMs: number): void
  /** `undefined` makes the process ignore the signal. */
  signal(signal: number, handler: undefined): void
  pipe(): readonly [readFd: number, writeFd: number] | null
  exec(args: readonly string[], options: object): number
  waitpid(pid: number, options: number): readonly [pid: number, status: number]
}

interface StdFile {
  seek(offset: number, whence: number): number
  /** At most so many bytes, as UTF-8. */
  readAsString(maxSize: number): string
}

interface OsFacts {
  readonly mode: number
  readonly size: number
  /** Whole milliseconds. */
  readonly mtime: number
  readonly ctime: number
}

/** Error numbers, which are the same on every POSIX system but for the last one. */
const ENOENT = 2
const EINTR = 4
const EAGAIN = os.platform === 'darwin' ? 35 : 11

export const quickjsHost: Host = {
  args: scriptArgs.slice(1),
  platform: os.platform,
  script: scriptArgs[0] ?? '',
  readInput: limit => readInput({ read: chunk => checked(readSome(0, chunk), 'stdin'), decode: decodeUtf8 }, limit),
  write: (stream, text) => writeAll(stream === 'stdout' ? 1 : 2, encodeUtf8(text)),
  readFile,
  openFile,
  fileFacts,
  fileTimeStepMs: 1,
  listFolder,
  realPath: path => longestRealPath(path, resolveLinks),
  append,
  move,
  now: () => Date.now(),
  run,
  exit: status => std.exit(status),
}

// A pipe that nobody reads shall be a failed write, not the end of the process.
os.signal(os.SIGPIPE, undefined)

function checked(result: number, what: string): number {
  if (result < 0) throw new Error(`cannot read ${what} (error ${-result})`)
  return result
}

/** As many bytes as come at once; a pipe that another process made non-blocking answers "again" while it is empty. */
function readSome(fd: number, bytes: Uint8Array): number {
  return retried(() => os.read(fd, bytes.buffer, bytes.byteOffset, bytes.length))
}

function writeAll(fd: number, bytes: Uint8Array): boolean {
  for (let written = 0; written < bytes.length; ) {
    const count = retried(() => os.write(fd, bytes.buffer, bytes.byteOffset + written, bytes.length - written))
    if (count < 0) return false
    written += count
  }
  return true
}

function retried(call: () => number): number {
  for (;;) {
    const result = call()
    if (result === -EAGAIN) os.sleep(2)
    else if (result !== -EINTR) return result
  }
}

/** Fills the bytes as far as the file goes; tells how far. */
function readUpTo(fd: number, bytes: Uint8Array, what: string): number {
  let length = 0
  while (length < bytes.length) {
    const count = checked(readSome(fd, bytes.subarray(length)), what)
    if (count === 0) break
    length += count
  }
  return length
}

function readFile(path: string): string | undefined {
  const fd = openOrError(path, os.O_RDONLY)
  if (fd === -ENOENT) return undefined
  checked(fd, path)
  try {
    return readText(fd, path)
  } finally {
    os.close(fd)
  }
}

/** The rest of an open file. */
function readText(fd: number, what: string): string {
  const size = os.seek(fd, 0, std.SEEK_END)
  os.seek(fd, 0, std.SEEK_SET)
  const bytes = new Uint8Array(Math.max(size, 0))
  const text = decodeUtf8(bytes.subarray(0, readUpTo(fd, bytes, what)))
  if (text === undefined) throw new Error(`${what} is not UTF-8`)
  return text
}

function openFile(path: string): OpenFile {
  const fd = checked(openOrError(path, os.O_RDONLY), path)
  let stream: StdFile | undefined
  return {
    size: os.seek(fd, 0, std.SEEK_END),
    read(offset, length) {
      const bytes = new Uint8Array(length)
      os.seek(fd, offset, std.SEEK_SET)
      return bytes.subarray(0, readUpTo(fd, bytes, path))
    },
    // By the engine's own decoder: ours would cost more than the parsing of what is read.
    ascii(offset, length) {
      stream ??= streamOf(path)
      stream.seek(offset, std.SEEK_SET)
      return stream.readAsString(length)
    },
  }
}

function streamOf(path: string): StdFile {
  const stream = std.open(path, 'rb')
  if (stream === null) throw new Error(`cannot read ${path}`)
  return stream
}

/** A path with a NUL in it would be cut there: another path. */
function openOrError(path: string, flags: number, mode?: number): number {
  return path.includes('\0') ? -ENOENT : os.open(path, flags, mode)
}

function fileFacts(path: string): FileFacts | undefined {
  const [facts] = os.stat(path)
  if (facts === null) return undefined
  const { size, mtime, ctime, mode } = facts
  return { size, mtimeMs: mtime, ctimeMs: ctime, isFile: (mode & os.S_IFMT) === os.S_IFREG, isFolder: (mode & os.S_IFMT) === os.S_IFDIR }
}

function listFolder(path: string): readonly string[] | undefined {
  const [names, error] = os.readdir(path)
  return error === 0 ? names.filter(name => name !== '.' && name !== '..') : undefined
}

function resolveLinks(path: string): Resolved {
  if (path.includes('\0')) return { kind: 'unknown' }
  const [real, error] = os.realpath(path)
  if (error === 0) return { kind: 'real', path: real }
  return error === ENOENT && !isLink(path) ? { kind: 'missing' } : { kind: 'unknown' }
}

/** A link to nothing: what is made through it is made elsewhere. */
function isLink(path: string): boolean {
  const [facts] = os.lstat(path)
  return facts !== null && (facts.mode & os.S_IFMT) === os.S_IFLNK
}

function append(folder: string, name: string, text: string): boolean {
  const open = () => os.open(`${folder}/${name}`, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
  let fd = open()
  if (fd === -ENOENT) {
    makeFolder(folder)
    fd = open()
  }
  if (fd < 0) return false
  const bytes = encodeUtf8(text)
  const written = os.write(fd, bytes.buffer, 0, bytes.length)
  os.close(fd)
  return written === bytes.length
}

function move(from: string, folder: string, to: string): boolean {
  makeFolder(folder)
  return os.rename(from, to) === 0
}

function makeFolder(folder: string): void {
  if (os.mkdir(folder, 0o700) !== -ENOENT || folder === '') return
  makeFolder(folder.slice(0, folder.lastIndexOf('/')))
  os.mkdir(folder, 0o700)
}

/** The program's output goes to files without a name: nobody could read two pipes at once. */
function run(program: string, args: readonly string[], input: string): Process {
  const [stdout, stderr, stdin] = [std.tmpfile(), std.tmpfile(), os.pipe()]
  if (stdout === null || stderr === null || stdin === null) throw new Error('there is no room for the output of another program')
  const [readFd, writeFd] = stdin
  const streams = { stdin: readFd, stdout: stdout.fileno(), stderr: stderr.fileno() }
  const pid = os.exec([program, ...args], { block: false, usePath: false, env: {}, ...streams })
  os.close(readFd)
  writeAll(writeFd, encodeUtf8(input))
  os.close(writeFd)
  const [, status] = os.waitpid(pid, 0)
  return {
    // The status that a process ends with stands above the signal that ended it.
    status: (status & 0x7f) === 0 ? (status >> 8) & 0xff : undefined,
    stdout: readText(streams.stdout, 'its output'),
    stderr: readText(streams.stderr, 'its messages'),
  }
}
