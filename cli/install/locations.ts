/** The table of agents' files, with its paths as they are on a system, for a user and a project. Nothing here looks at a disk. */
import { posix, win32 } from 'node:path'
import {
  AGENT_FILES,
  type AgentFile,
  type AgentFiles,
  type AgentScope,
  type AgentSystem,
  type Evidence,
  type FileRole,
} from '../../compiler/protection/agent-files.js'

export interface Whereabouts {
  readonly system: AgentSystem
  /** The user's home, absolute. */
  readonly home: string
  /** The project, absolute; without it no file of a project is named. */
  readonly project?: string
  /** Environment variables by which users move their folders. */
  readonly variables?: Readonly<Record<string, string | undefined>>
  /** The folder that stands for the root of the file system in the managed scope, as where an image is prepared. */
  readonly root?: string
}

export interface Location {
  readonly scope: AgentScope
  readonly role: FileRole
  /** Absolute; a `*` in it stands for any name. */
  readonly path: string
  readonly evidence: Evidence
}

export function agentFiles(platform: string): AgentFiles | undefined {
  return AGENT_FILES.find(({ name }) => name === platform)
}

/** Every file of a platform that decides whether agsec's hook runs, the entry of each scope first. */
export function locationsOf(platform: string, where: Whereabouts): readonly Location[] {
  const agent = agentFiles(platform)
  return agent?.files.flatMap(file => locationOf(agent, file, where) ?? []) ?? []
}

/** Where agsec's hook may belong: one file, and those that the platform reads as well. Empty where the platform has no such scope. */
export function entriesOf(platform: string, scope: AgentScope, where: Whereabouts): readonly Location[] {
  return locationsOf(platform, where).filter(({ role, scope: of }) => of === scope && ENTRY_ROLES.has(role))
}

const ENTRY_ROLES: ReadonlySet<FileRole> = new Set(['entry', 'also', 'instead'])

function locationOf(agent: AgentFiles, { path: written, ...rest }: AgentFile, where: Whereabouts): Location | undefined {
  const template = typeof written === 'string' ? written : written[where.system]
  if (template === undefined) return undefined
  const path = rest.scope === 'managed' ? managedPath(template, where) : absolutePath(movedBy(agent, where, template), where)
  return path === undefined ? undefined : { ...rest, path }
}

/** The template with the folder that a variable of the environment puts in the place of the usual one. */
function movedBy({ moved }: AgentFiles, { variables }: Whereabouts, template: string): string {
  if (moved === undefined || !template.startsWith(`${moved.folder}/`)) return template
  const folder = variables?.[moved.variable]
  return folder === undefined || folder === '' ? template : folder + template.slice(moved.folder.length)
}

function managedPath(template: string, { system, root }: Whereabouts): string {
  const paths = system === 'win32' ? win32 : posix
  return root === undefined ? paths.normalize(template) : paths.join(root, template)
}

function absolutePath(template: string, { system, home, project }: Whereabouts): string | undefined {
  const paths = system === 'win32' ? win32 : posix
  if (template.startsWith('~/')) return paths.join(home, template.slice(2))
  if (paths.isAbsolute(template)) return paths.normalize(template)
  return project === undefined ? undefined : paths.join(project, template)
}
