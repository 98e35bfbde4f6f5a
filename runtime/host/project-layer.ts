/**
 * The policy of the project that a call is about. A project brings it along, so none of it is read here: the command line
 * compiles it into a folder of agsec's own, with a stamp that tells of which files. Where there is a policy that was not
 * compiled, or not as it is now, the command line is asked.
 *
 *   <agsec home>/projects/<key of the root>/stamp.json    what was compiled, and the file of its table
 */
import type { Call } from '../decide/request.js'
import { hashText, type TableFile } from '../decide/table.js'
import { own } from '../decide/value.js'
import type { Host } from './host.js'
import { filesChanged, parseStamp, type SourceStamp } from './source-stamp.js'

export interface ProjectStamp extends SourceStamp {
  readonly root: string
  /** In the folder of the stamp; absent where nothing is in force. */
  readonly table?: { readonly file: string; readonly bytes: number }
}

/** Where the project is of which the platform tells; undefined where it tells of none. */
export function projectRoot([whole]: Call, platform: string): string | undefined {
  const root = whole && own(whole.request.context, 'project_root')
  if (typeof root !== 'string' || !root.startsWith('/') || root.length === 1) return undefined
  // `/c:/proj`, as paths are normalised.
  return platform === 'win32' && root[2] === ':' ? root.slice(1) : root
}

/** Where a project has its policy. */
export function projectPolicies(root: string): string {
  return `${root}/.agsec/policies`
}

/** Where agsec keeps what it made of it. Two roots with one key take turns: the stamp tells whose it is. */
export function projectFolder(agsecHome: string, root: string): string {
  return `${agsecHome}/projects/${hashText(root).toString(16)}-${root.length.toString(16)}`
}

/** The tables of the project's layers; undefined where it has none. */
export type ProjectLayers = { readonly isCurrent: true; readonly table: TableFile | undefined } | { readonly isCurrent: false }

export function projectLayers(host: Host, agsecHome: string, root: string | undefined): ProjectLayers {
  if (root === undefined) return NONE
  const folder = projectFolder(agsecHome, root)
  const file = `${folder}/stamp.json`
  if (host.fileFacts(file) === undefined) return host.fileFacts(projectPolicies(root)) === undefined ? NONE : CHANGED
  const stamp = parseStamp(host, file) as ProjectStamp | undefined // whose own keys are looked at one by one
  if (stamp?.root !== root || filesChanged(host, stamp)) return CHANGED
  return stamp.table === undefined ? NONE : { isCurrent: true, table: openTable(host, folder, stamp.table) }
}

const NONE: ProjectLayers = { isCurrent: true, table: undefined }
const CHANGED: ProjectLayers = { isCurrent: false }

function openTable(host: Host, folder: string, { file, bytes }: NonNullable<ProjectStamp['table']>): TableFile {
  const table = host.openFile(`${folder}/${file}`)
  if (table.size !== bytes) throw new Error("what was compiled of the project's policy is damaged; run `agsec compile`")
  return table
}
