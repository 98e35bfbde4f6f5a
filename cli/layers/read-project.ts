/** A project's policy as its folder has it, within limits: whoever can write the project must not be able to keep a hook busy or to have it read other files. */
import { readdirSync, statSync } from 'node:fs'
import { sep } from 'node:path'
import type { Diagnostic } from '../../compiler/diagnostic.js'
import { loadSources } from '../../compiler/load.js'
import type { Source } from '../../compiler/source.js'
import { nodeHost } from '../../runtime/host/node.js'
import { projectPolicies } from '../../runtime/host/project-layer.js'
import { isPolicyName } from '../../runtime/host/source-stamp.js'
import { hasErrors } from '../compile-paths.js'

export const PROJECT_LIMITS = { files: 64, kibibytes: 256, seconds: 5 } as const

export type ReadProject =
  | { readonly kind: 'none' }
  /** `why` is of our own words: it reaches the agent. */
  | { readonly kind: 'unreadable'; readonly why: string; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'read'; readonly sources: readonly Source[]; readonly diagnostics: readonly Diagnostic[] }

export function readProject(root: string): ReadProject {
  const folder = projectPolicies(root)
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (stats === undefined) return { kind: 'none' }
  if (!stats.isDirectory()) return unreadable('`.agsec/policies` is no folder')
  const why = whyRefused(root, folder)
  if (why !== undefined) return unreadable(why)
  const { sources, diagnostics } = loadSources([folder], 'project:')
  if (sources.length === 0 && diagnostics.every(({ code }) => code === 'no-policy-files')) return { kind: 'none' }
  return hasErrors(diagnostics) ? unreadable('one of its files cannot be read', diagnostics) : { kind: 'read', sources, diagnostics }
}

export function unreadable(why: string, diagnostics: readonly Diagnostic[] = []): ReadProject & { readonly kind: 'unreadable' } {
  return { kind: 'unreadable', why, diagnostics }
}

/** What is wrong with the folder before any of its files is opened. */
function whyRefused(root: string, folder: string): string | undefined {
  const names = namesIn(folder)
  if (names === undefined) return 'its folder cannot be listed'
  if (names.length > PROJECT_LIMITS.files) return `it has more than ${PROJECT_LIMITS.files} files`
  const paths = [folder, ...names.map(name => `${folder}/${name}`)]
  const project = nodeHost.realPath(root)
  if (project === undefined || !paths.every(path => isWithin(nodeHost.realPath(path), project)))
    return 'one of its files lies outside the project'
  const facts = names.map(name => nodeHost.fileFacts(`${folder}/${name}`))
  if (facts.some(file => file?.isFile !== true)) return 'one of its files is none'
  const size = facts.reduce((sum, file) => sum + (file?.size ?? 0), 0)
  return size > PROJECT_LIMITS.kibibytes * 1024 ? `it has more than ${PROJECT_LIMITS.kibibytes} KiB` : undefined
}

function namesIn(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder).filter(isPolicyName)
  } catch {
    return undefined
  }
}

function isWithin(path: string | undefined, folder: string): boolean {
  return path !== undefined && (path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep))
}
