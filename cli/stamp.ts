/** Writes the stamp by which hooks see that a policy has changed since it was compiled. */
import { resolve } from 'node:path'
import { nodeHost } from '../runtime/host/node.js'
import { folderFiles, NO_FILE, policyFiles, type SourceStamp, type StampedFile } from '../runtime/host/source-stamp.js'
import { replaceFile } from './replace-file.js'

export type SourceFiles = Pick<SourceStamp, 'paths' | 'folders' | 'files'>

/** What is compiled: files and folders that have to be there, and folders that may be missing. */
export interface SourcePaths {
  readonly paths?: readonly string[]
  readonly folders?: readonly string[]
}

/** INVARIANT: taken before the sources are read, so that a file that changes in between looks changed to whoever compares later. */
export function sourceFiles({ paths = [], folders }: SourcePaths): SourceFiles {
  const absolute = paths.map(path => resolve(path))
  const found = [
    ...absolute.flatMap(path => policyFiles(nodeHost, path)),
    ...(folders ?? []).flatMap(folder => folderFiles(nodeHost, folder)),
  ]
  const files = found.map(stamped)
  return { paths: absolute, ...(folders === undefined ? {} : { folders }), files }
}

function stamped(path: string): StampedFile {
  const { size, mtimeMs, ctimeMs } = nodeHost.fileFacts(path) ?? { size: NO_FILE, mtimeMs: 0, ctimeMs: 0 }
  return { path, size, mtimeMs, ctimeMs }
}

export function writeStamp(bundle: string, sourceDigest: string, files: SourceFiles): void {
  const stamp: SourceStamp = { version: 1, sourceDigest, ...files }
  replaceFile(`${bundle}.stamp.json`, `${JSON.stringify(stamp)}\n`)
}
