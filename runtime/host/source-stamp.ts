/**
 * Whether the policies have changed since the running bundle was compiled. `agsec compile` leaves a stamp beside the bundle:
 * the folders and files it read, with what the file system says of each. Content is not looked at; whoever is asked next does that.
 */
import type { Host } from './host.js'

export interface SourceStamp {
  readonly version: 1
  readonly sourceDigest: string
  /** The folders and files that were compiled, absolute; a file is gone where it is missing. */
  readonly paths: readonly string[]
  /** Folders that were compiled as far as they were there: those of layers. */
  readonly folders?: readonly string[]
  readonly files: readonly StampedFile[]
}

/** The size of what cannot be looked at: a link to nothing. */
export const NO_FILE = -1

export interface StampedFile {
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
}

/** @param own the folder of the calling agent's layer, which may be new */
export function sourcesChanged(host: Host, own: string): boolean {
  const stamp = readStamp(host, host.script)
  return stamp === undefined || filesChanged(host, stamp) || (stamp.folders?.includes(own) === false && folderFiles(host, own).length > 0)
}

/** Whether the file system no longer says of the files what it said. */
export function filesChanged(host: Host, { paths, folders = [], files }: Pick<SourceStamp, 'paths' | 'folders' | 'files'>): boolean {
  const found = [...paths.flatMap(path => policyFiles(host, path)), ...folders.flatMap(folder => folderFiles(host, folder))]
  return found.length !== files.length || files.some((file, i) => found[i] !== file.path || !isUnchanged(host, file))
}

/** The stamp of a bundle; undefined where it is missing or is none. */
export function readStamp(host: Host, bundle: string): SourceStamp | undefined {
  return parseStamp(host, `${bundle}.stamp.json`)
}

/** Undefined where the file is missing or is no stamp. */
export function parseStamp(host: Host, file: string): SourceStamp | undefined {
  try {
    const text = host.readFile(file)
    const stamp = text === undefined ? undefined : (JSON.parse(text) as Partial<SourceStamp>) // checked below
    return stamp?.version === 1 && Array.isArray(stamp.paths) && Array.isArray(stamp.files) ? (stamp as SourceStamp) : undefined
  } catch {
    return undefined
  }
}

/** The policy files of a folder, in the order in which they are compiled; a path that is no folder is itself one. */
export function policyFiles(host: Host, path: string): readonly string[] {
  return filesIn(path, host.listFolder(path)) ?? [path]
}

/** The same of a folder that may be missing. */
export function folderFiles(host: Host, path: string): readonly string[] {
  return filesIn(path, host.listFolder(path)) ?? []
}

function filesIn(folder: string, names: readonly string[] | undefined): readonly string[] | undefined {
  return names
    ?.filter(isPolicyName)
    .sort()
    .map(name => `${folder}/${name}`)
}

/** Whether a file of a policy folder is compiled: YAML that is neither hidden nor a test. */
export function isPolicyName(name: string): boolean {
  return !name.startsWith('.') && /\.ya?ml$/.test(name) && !/\.test\.ya?ml$/.test(name)
}

function isUnchanged(host: Host, { path, size, mtimeMs, ctimeMs }: StampedFile): boolean {
  const facts = host.fileFacts(path)
  if (facts === undefined) return size === NO_FILE
  if (facts.size !== size) return false
  return isSameTime(mtimeMs, facts.mtimeMs, host.fileTimeStepMs) && isSameTime(ctimeMs, facts.ctimeMs, host.fileTimeStepMs)
}

/** Whether a time of the stamp, as exact as the file system has it, is the one that this engine tells, perhaps cut to its step. */
function isSameTime(stampedMs: number, toldMs: number, stepMs: number): boolean {
  const cutMs = stampedMs - toldMs
  return cutMs >= 0 && cutMs <= stepMs
}
