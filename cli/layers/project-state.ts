/**
 * What is in force of a project's policy. It is compiled as it is first seen; once it changes, the one before and the new one
 * are both layers, so that nothing is loosened until a person says so (`agsec trust`, or `agsec compile`, which forgets the old ones).
 */
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { compileLayers } from '../../compiler/layers/compile-layers.js'
import { joinTables, type LayerTable, splitTables } from '../../compiler/layers/join-tables.js'
import { digest } from '../../compiler/emit/bundle.js'
import { inMemory, Table } from '../../runtime/decide/table.js'
import { nodeHost } from '../../runtime/host/node.js'
import { projectFolder, projectPolicies, type ProjectStamp } from '../../runtime/host/project-layer.js'
import { parseStamp } from '../../runtime/host/source-stamp.js'
import type { Home } from '../home.js'
import { replaceFile } from '../replace-file.js'
import { sourceFiles } from '../stamp.js'
import { type CompiledProject, compileProjectInTime } from './compile-project.js'
import type { ReadProject } from './read-project.js'

export interface ProjectInForce {
  /** Undefined where no policy is in force. */
  readonly table: Uint8Array | undefined
  /** What the user should know. */
  readonly notice?: string
}

type Compiled = CompiledProject | Exclude<ReadProject, { kind: 'read' }>

/** Compiles the policy of a project as it is now, and notes it for the hooks to come. */
export function renewProject(
  home: Home,
  root: string,
  compile: (root: string, agsecHome: string) => Compiled = compileProjectInTime,
): ProjectInForce {
  const files = sourceFiles({ folders: [projectPolicies(root)] })
  const before = firstLayer(home, root)
  const now = compile(root, home.folder)
  const layers = layersOf(before, now)
  const table =
    layers.length === 0
      ? undefined
      : joinTables(
          layers,
          digest(
            layers
              .map(each => each.table)
              .map(bytes => digest(bytes))
              .join(),
          ),
        )
  note(projectFolder(home.folder, root), { version: 1, sourceDigest: now.kind === 'compiled' ? now.digest : '', ...files, root }, table)
  const notice = noticeOf(now, layers)
  return { table, ...(notice === undefined ? {} : { notice }) }
}

/** The one that was first seen, unless it is what there is now, or the user trusts that. It no longer allows anything. */
function layersOf(before: LayerTable | undefined, now: Compiled): readonly LayerTable[] {
  const current = now.kind === 'compiled' ? layersIn(now.table) : now.kind === 'unreadable' ? [unreadableLayer(now.why)] : []
  const isAccepted = now.kind === 'compiled' && (current.some(({ traits }) => traits.tightens !== true) || digestIn(before) === now.digest)
  if (before === undefined || isAccepted) return current
  return [{ table: before.table, traits: { name: FORMER, tightens: true } }, ...current]
}

export const FORMER = 'former project'
export const UNREADABLE = 'unreadable project'

function layersIn(table: Uint8Array): readonly LayerTable[] {
  return splitTables(table)?.layers ?? []
}

function digestIn(layer: LayerTable | undefined): string | undefined {
  if (layer === undefined) return undefined
  const table = new Table(inMemory(layer.table))
  return table.text(table.setting('sourceDigest'))
}

/** The first layer of what is in force; what cannot be read was never a policy. */
function firstLayer(home: Home, root: string): LayerTable | undefined {
  const stamp = stampOf(home, root)
  if (stamp?.table === undefined) return undefined
  try {
    const [first] = layersIn(readFileSync(join(projectFolder(home.folder, root), stamp.table.file)))
    return first?.traits.name === UNREADABLE ? undefined : first
  } catch {
    return undefined
  }
}

/** The stamp of a project; undefined where nothing was compiled of it. */
export function stampOf(home: Home, root: string): ProjectStamp | undefined {
  const stamp = parseStamp(nodeHost, join(projectFolder(home.folder, root), 'stamp.json')) as ProjectStamp | undefined // its own keys are looked at below
  return stamp?.root === root ? stamp : undefined
}

/**
 * What a project can say is only more than others say: what it says where nobody can tell is unknown, and whoever asks is
 * asked about. So a broken policy neither switches anything off nor blocks the work.
 */
function unreadableLayer(why: string): LayerTable {
  const statement = {
    sid: 'agsec.UnreadableProject',
    effect: 'review',
    reason: `The policy of this project (.agsec/policies) is not known: ${why}. Until it is, every call is asked about`,
    guidance: 'Ask the user to look at it: `agsec validate .agsec/policies`.',
  }
  const sources = [{ path: 'agsec:unreadable-project.yaml', text: JSON.stringify({ statements: [statement] }) }]
  const [layer] = compileLayers([{ traits: { name: UNREADABLE }, sources }], { protection: [] }).layers
  if (layer === undefined) throw new Error('the layer of projects that cannot be read does not compile')
  return { traits: { ...layer.traits, tightens: true }, table: layer.table }
}

/** Where it cannot be noted, every call comes this way. */
function note(folder: string, stamp: ProjectStamp, table: Uint8Array | undefined): void {
  try {
    const file = table === undefined ? undefined : { file: `${digest(table).slice(0, 16)}.table`, bytes: table.length }
    if (file !== undefined && table !== undefined) replaceFile(join(folder, file.file), table)
    replaceFile(join(folder, 'stamp.json'), `${JSON.stringify(file === undefined ? stamp : { ...stamp, table: file })}\n`)
    for (const name of readdirSync(folder)) if (name.endsWith('.table') && name !== file?.file) rmSync(join(folder, name), { force: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

function noticeOf(now: Compiled, layers: readonly LayerTable[]): string | undefined {
  if (now.kind === 'unreadable')
    return `agsec: the project's policy is not known (${now.why}), so every call is asked about. Run \`agsec validate .agsec/policies\`.`
  if (layers[0]?.traits.name !== FORMER) return undefined
  return now.kind === 'none'
    ? "agsec: the project's policy is gone; until `agsec compile` is run it stays in force."
    : "agsec: the project's policy has changed; until `agsec trust` or `agsec compile` is run the former one stays in force as well."
}

/** Forgets what was compiled of every project: the hooks see each as for the first time. */
export function forgetProjects(home: Home): void {
  rmSync(home.projects, { recursive: true, force: true })
}

/** Forgets what was compiled of a project, by whatever name its platform calls it. @param real its real path */
export function forgetProject(home: Home, real: string): void {
  for (const key of nodeHost.listFolder(home.projects) ?? []) {
    const folder = join(home.projects, key)
    const stamp = parseStamp(nodeHost, join(folder, 'stamp.json')) as ProjectStamp | undefined // its own key is looked at below
    if (stamp === undefined || typeof stamp.root !== 'string' || nodeHost.realPath(stamp.root) === real)
      rmSync(folder, { recursive: true, force: true })
  }
}
