/** Beginning and ending to trust what a project's policy says. */
import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Policy } from '../../compiler/ast.js'
import { compileLayers } from '../../compiler/layers/compile-layers.js'
import { projectLayer } from '../../compiler/layers/layer.js'
import type { Diagnostic } from '../../compiler/diagnostic.js'
import { type Home, userHome } from '../home.js'
import { UsageError } from '../usage-error.js'
import { forgetProject } from './project-state.js'
import { readProject } from './read-project.js'
import { revoke, trust } from './trusted-projects.js'

/** What a project's policy would say if it were trusted; `policy` is absent where it does not compile. */
export interface Trustable {
  readonly root: string
  readonly diagnostics: readonly Diagnostic[]
  readonly policy?: Policy
  /** That of its sources. */
  readonly digest: string
}

/**
 * The project's real path: it is the same by whatever name it is called.
 * @throws UsageError where it is no project
 */
export function projectAt(dir: string): string {
  let root: string
  try {
    root = realpathSync(resolve(dir))
  } catch {
    throw new UsageError(`there is no folder \`${dir}\``)
  }
  if (root === '/' || `${userHome()}/`.startsWith(`${root}/`)) throw new UsageError(`\`${root}\` is no project: it holds your home`)
  return root
}

/** @throws UsageError where there is no policy, or none that may be read */
export function readTrustable(root: string): Trustable {
  const read = readProject(root)
  if (read.kind === 'none') throw new UsageError(`\`${root}\` has no policy`, 'a project has its policy in `.agsec/policies`')
  if (read.kind === 'unreadable') throw new UsageError(`the policy of \`${root}\` is not known: ${read.why}`)
  const { layers, diagnostics, sourceDigest } = compileLayers([{ traits: projectLayer(true), sources: read.sources }], {
    protection: [],
  })
  const policy = layers[0]?.policy
  const all = [...read.diagnostics, ...diagnostics]
  return { root, diagnostics: all, digest: layers[0]?.sourceDigest ?? sourceDigest, ...(policy === undefined ? {} : { policy }) }
}

/** From now on what the files held when they were read counts in full. */
export function beginTrust(home: Home, { root, digest }: Trustable): void {
  trust(home, { root, digest, since: new Date().toISOString() })
  forgetProject(home, root)
}

/** Whether it was trusted. */
export function endTrust(home: Home, root: string): boolean {
  const ended = revoke(home, root)
  if (ended) forgetProject(home, root)
  return ended
}
