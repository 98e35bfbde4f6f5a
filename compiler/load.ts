/** Policy files and folders → sources. Everything that can be wrong with a file is a diagnostic; nothing is thrown. */
import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Diagnostic } from './diagnostic.js'
import { error, type Problem, startOf, warning } from './diagnostics/problem.js'
import { quoted } from './diagnostics/quoted.js'
import { decodeText, type InvalidText } from './parse/decode-text.js'
import type { Source } from './source.js'

export interface LoadedSources {
  /** In the order of the paths; the files of a folder in alphabetical order. */
  readonly sources: readonly Source[]
  readonly diagnostics: readonly Diagnostic[]
  /** The folder that the sources' paths are relative to. */
  readonly root: string
}

/** Larger files are mistakes: ten thousand statements of ordinary size take less. */
const SIZE_LIMIT_MIB = 4
const SIZE_LIMIT = SIZE_LIMIT_MIB * 1024 * 1024

const POLICY_FILE = /\.ya?ml$/
const TEST_FILE = /\.test\.ya?ml$/

interface Loading {
  readonly root: string
  readonly prefix: string
  readonly sources: Source[]
  readonly diagnostics: Diagnostic[]
}

/**
 * @param paths files, and folders whose `*.yaml` and `*.yml` files are read (not those of folders within). Hidden files and
 * `<name>.test.yaml` are left out.
 * @param prefix what the sources' paths begin with: which layer they are of
 */
export function loadSources(paths: readonly string[], prefix = ''): LoadedSources {
  const loading: Loading = { root: rootOf(paths), prefix, sources: [], diagnostics: [] }
  const seen = new Set<string>()
  for (const file of paths.flatMap(path => filesAt(path, loading))) {
    if (!seen.has(file)) readSource(file, loading)
    seen.add(file)
  }
  return loading
}

/** The folder that holds them all: of one folder itself, of one file where it lies. */
function rootOf(paths: readonly string[]): string {
  const [first = '.', ...others] = paths.map(path => (isFolder(path) ? resolve(path) : dirname(resolve(path))))
  return others.reduce(commonFolder, first)
}

function commonFolder(a: string, b: string): string {
  let folder = a
  while (folder !== b && !b.startsWith(folder.endsWith(sep) ? folder : folder + sep) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function filesAt(path: string, loading: Loading): readonly string[] {
  return isFolder(path) ? filesOf(path, loading) : [resolve(path)]
}

function filesOf(folder: string, loading: Loading): readonly string[] {
  const names = namesIn(folder, loading)
  if (names === undefined) return []
  const files = names.filter(name => POLICY_FILE.test(name) && !TEST_FILE.test(name))
  for (const name of names) if (!POLICY_FILE.test(name) && POLICY_FILE.test(name.toLowerCase())) reportIgnored(join(folder, name), loading)
  if (files.length === 0) reportNoFiles(folder, loading)
  return files.map(name => resolve(folder, name))
}

/** By UTF-16 unit, whatever the locale; undefined where the folder cannot be read. */
function namesIn(folder: string, loading: Loading): readonly string[] | undefined {
  try {
    return readdirSync(folder)
      .filter(name => !name.startsWith('.'))
      .sort()
  } catch (thrown) {
    reportUnreadable({ path: folder, text: '' }, thrown, loading)
    return undefined
  }
}

function readSource(file: string, loading: Loading): void {
  const source = { path: shownPath(file, loading), text: '' }
  try {
    const read = readRegularFile(file)
    if ('bytes' in read) addText(source.path, read.bytes, loading)
    else loading.diagnostics.push(error({ span: startOf(source), ...read }))
  } catch (thrown) {
    reportUnreadable(source, thrown, loading)
  }
}

type Refusal = Pick<Problem, 'code' | 'message' | 'help'>

function readRegularFile(file: string): { readonly bytes: Uint8Array } | Refusal {
  // Without `O_NONBLOCK` opening a named pipe would wait for a writer for ever. Windows has neither.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(descriptor)
    if (stats.isDirectory())
      return { code: 'not-a-file', message: 'expected a file, found a folder', help: 'rename the folder or move it away' }
    if (!stats.isFile()) return { code: 'not-a-file', message: 'expected a file, found a device or a pipe' }
    return stats.size > SIZE_LIMIT ? tooLarge(stats.size) : { bytes: readFileSync(descriptor) }
  } finally {
    closeSync(descriptor)
  }
}

function tooLarge(size: number): Refusal {
  const message = `the file has ${(size / 1024 / 1024).toFixed(1)} MiB, expected at most ${SIZE_LIMIT_MIB} MiB`
  return { code: 'file-too-large', message, help: 'split it into several files; all files of a folder are one policy' }
}

function addText(path: string, bytes: Uint8Array, { sources, diagnostics }: Loading): void {
  const decoded = decodeText(bytes)
  const source = { path, text: decoded.text }
  const problem = decoded.kind === 'invalid' ? invalidUtf8(decoded, bytes) : binary(decoded.text)
  if (problem === undefined) sources.push(source)
  else diagnostics.push(error({ code: 'not-text', ...problem, span: { source, start: problem.offset, end: problem.offset + 1 } }))
}

interface NotText {
  readonly offset: number
  readonly message: string
  readonly help?: string
}

function invalidUtf8({ offset, byte, byteOffset }: InvalidText, bytes: Uint8Array): NotText {
  const message = `the file is not UTF-8: byte 0x${byte.toString(16).padStart(2, '0')} at offset ${byteOffset}`
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return { offset, message, help: utf16 ? 'this looks like UTF-16: save the file as UTF-8' : 'save the file as UTF-8' }
}

function binary(text: string): NotText | undefined {
  const offset = text.indexOf('\0')
  return offset === -1 ? undefined : { offset, message: 'the file is no text: it holds a zero byte' }
}

function reportUnreadable(source: Source, thrown: unknown, { diagnostics }: Loading): void {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  const message = `cannot read ${quoted(source.path)}: ${reasons[code] ?? (code === '' ? 'unknown failure' : code)}`
  diagnostics.push(error({ code: 'unreadable-file', span: startOf(source), message }))
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its symbolic links form a circle',
  ENOTDIR: 'a part of its path is no folder',
  EIO: 'the disk reports an error',
}

function reportNoFiles(folder: string, { diagnostics }: Loading): void {
  const source = { path: folder, text: '' }
  const message = `there is no policy file in ${quoted(folder)}`
  diagnostics.push(error({ code: 'no-policy-files', span: startOf(source), message, help: 'policy files are named `*.yaml` or `*.yml`' }))
}

function reportIgnored(file: string, loading: Loading): void {
  const source = { path: shownPath(file, loading), text: '' }
  const message = `${quoted(basename(file))} is not read: its name does not end in \`.yaml\` or \`.yml\``
  loading.diagnostics.push(warning({ code: 'ignored-file', span: startOf(source), message, help: 'write the ending in lower case' }))
}

function shownPath(file: string, { root, prefix }: Loading): string {
  return prefix + relative(root, resolve(file)).replaceAll(sep, '/')
}
