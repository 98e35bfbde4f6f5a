/**
 * Compiles a project's policy in a process of its own, which is ended when it takes too long: patterns can be written so that
 * to compile them takes minutes.
 */
import { spawnSync } from 'node:child_process'
import { compileLayers } from '../../compiler/layers/compile-layers.js'
import { projectLayer } from '../../compiler/layers/layer.js'
import { packageFile } from '../../compiler/package-root.js'
import { hasErrors } from '../compile-paths.js'
import { PROJECT_LIMITS, readProject, type ReadProject, unreadable } from './read-project.js'

export interface CompiledProject {
  readonly kind: 'compiled'
  readonly table: Uint8Array
  /** That of its sources. */
  readonly digest: string
}

/** @returns the layer in a block of its own, without agsec's protection of itself */
export function compileProject(
  root: string,
  isTrusted: (digest: string) => boolean,
): CompiledProject | Exclude<ReadProject, { kind: 'read' }> {
  const read = readProject(root)
  if (read.kind !== 'read') return read
  const untrusted = compileLayers([{ traits: projectLayer(false), sources: read.sources }], { protection: [] })
  const [layer] = untrusted.layers
  if (layer === undefined || untrusted.table === undefined || hasErrors(untrusted.diagnostics))
    return unreadable('it does not compile', [...read.diagnostics, ...untrusted.diagnostics])
  const digest = layer.sourceDigest
  if (!isTrusted(digest)) return { kind: 'compiled', table: untrusted.table, digest }
  const { table } = compileLayers([{ traits: projectLayer(true), sources: read.sources }], { protection: [] })
  return table === undefined ? unreadable('it does not compile') : { kind: 'compiled', table, digest }
}

/** What the process says on stdout. */
export type Said =
  | { readonly kind: 'compiled'; readonly digest: string; readonly table: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly why: string }

export const COMPILE_PROJECT = 'compile-project'

/** The same in a process of its own. @param agsecHome tells what is trusted */
export function compileProjectInTime(root: string, agsecHome: string): CompiledProject | Exclude<ReadProject, { kind: 'read' }> {
  const args = ['--max-old-space-size=512', packagePath('dist/bin/agsec.js'), '--agsec-home', agsecHome, COMPILE_PROJECT, root]
  const timeout = PROJECT_LIMITS.seconds * 1000
  const { status, stdout } = spawnSync(process.execPath, args, {
    env: {},
    encoding: 'utf8',
    timeout,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 27,
  })
  const said = status === 0 ? saidBy(stdout) : undefined
  switch (said?.kind) {
    case 'compiled':
      return { ...said, table: Buffer.from(said.table, 'base64') }
    case 'unreadable':
      return unreadable(said.why)
    case 'none':
      return said
    case undefined:
      return unreadable(`it takes more than ${PROJECT_LIMITS.seconds} seconds, or too much memory, to compile`)
  }
}

function packagePath(file: string): string {
  return decodeURIComponent(packageFile(file).pathname)
}

function saidBy(stdout: string): Said | undefined {
  try {
    return JSON.parse(stdout) as Said // our own process wrote it
  } catch {
    return undefined
  }
}
