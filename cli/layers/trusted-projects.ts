/** Which projects' policies the user trusts: each by its folder and the exact content of its files. */
import { readFileSync } from 'node:fs'
import { isMap } from '../asked.js'
import type { Home } from '../home.js'
import { replaceFile } from '../replace-file.js'
import { UsageError } from '../usage-error.js'

export interface TrustedProject {
  /** Its real path. */
  readonly root: string
  /** SHA-256 (hex) over the names and texts of its policy files. */
  readonly digest: string
  /** ISO 8601, UTC. */
  readonly since: string
}

/** @throws UsageError where the file cannot be understood */
export function trustedProjects(home: Home): readonly TrustedProject[] {
  const text = textOf(home.trust)
  if (text === undefined) return []
  const projects = projectsIn(text)
  if (projects === undefined)
    throw new UsageError(`\`${home.trust}\` cannot be understood, and nothing is trusted`, 'remove it, and trust again')
  return projects
}

/** A list that cannot be understood trusts nobody. */
export function isTrusted(home: Home, root: string, digest: string): boolean {
  const text = textOf(home.trust)
  return (text === undefined ? [] : (projectsIn(text) ?? [])).some(one => one.root === root && one.digest === digest)
}

/** One content of a project is trusted at a time. */
export function trust(home: Home, project: TrustedProject): void {
  write(home, [...trustedProjects(home).filter(({ root }) => root !== project.root), project])
}

/** Whether there was something to revoke. */
export function revoke(home: Home, root: string): boolean {
  const all = trustedProjects(home)
  const rest = all.filter(one => one.root !== root)
  if (rest.length < all.length) write(home, rest)
  return rest.length < all.length
}

function write(home: Home, projects: readonly TrustedProject[]): void {
  replaceFile(home.trust, `${JSON.stringify({ version: 1, projects }, undefined, 2)}\n`, 0o600)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT' ? undefined : ''
  }
}

function projectsIn(text: string): readonly TrustedProject[] | undefined {
  try {
    const json: unknown = JSON.parse(text)
    const projects: unknown = isMap(json) && json['version'] === 1 ? json['projects'] : undefined
    return Array.isArray(projects) && projects.every(isProject) ? projects : undefined
  } catch {
    return undefined
  }
}

function isProject(value: unknown): value is TrustedProject {
  return isMap(value) && ['root', 'digest', 'since'].every(key => typeof value[key] === 'string')
}
