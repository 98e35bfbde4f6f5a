/** Writes the stamp by which hooks see that a policy has changed since it was compiled. */
import { resolve } from 'node:path'
import { nodeHost } from '../runtime/host/node.js'
import { policyFiles, type SourceStamp, type StampedFile } from '../runtime/host/source-stamp.js'
import { replaceFile } from './replace-file.js'

export type SourceFiles = Pick<SourceStamp, 'paths' | 'files'>

/** INVARIANT: taken before the sources are read, so that a file that changes in between looks changed to whoever compares later. */
export function sourceFiles(paths: readonly string[]): SourceFiles {
  const absolute = paths.map(path => resolve(path))
  const files = absolute.flatMap(path => policyFiles(nodeHost, path))
  return { paths: absolute, files: files.map(stamped).filter(file => file !== undefined) }
}

function stamped(path: string): StampedFile | undefined {
  const facts = nodeHost.fileFacts(path)
  return facts === undefined ? undefined : { path, size: facts.size, mtimeMs: facts.mtimeMs, ctimeMs: facts.ctimeMs }
}

export function writeStamp(bundle: string, sourceDigest: string, { paths, files }: SourceFiles): void {
  const stamp: SourceStamp = { version: 1, sourceDigest, paths, files }
  replaceFile(`${bundle}.stamp.json`, `${JSON.stringify(stamp)}\n`)
}
