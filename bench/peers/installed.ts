/**
 * The peers, each at a fixed version from npm, installed by the bench into a cache of its own: none is a dependency of the package. What
 * cannot be installed is told and left out.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFile } from '../../compiler/package-root.js'

const CACHE = fileURLToPath(packageFile('node_modules/.cache/agsec-bench/'))

export interface NpmPackage {
  readonly name: string
  readonly version: string
}

export type Installed = { readonly kind: 'installed'; readonly folder: string } | { readonly kind: 'missing'; readonly why: string }

/** @returns the folder `node_modules` in which the package lies */
export function installed({ name, version }: NpmPackage, withNpm: boolean): Installed {
  if (!withNpm) return { kind: 'missing', why: '`--no-npm` was given' }
  const place = join(CACHE, `${name.replace('/', '+')}@${version}`)
  const folder = join(place, 'node_modules')
  if (existsSync(join(folder, name, 'package.json'))) return { kind: 'installed', folder }
  try {
    install(`${name}@${version}`, place)
    return { kind: 'installed', folder }
  } catch (error) {
    return { kind: 'missing', why: `npm could not install it: ${firstLine(error)}` }
  }
}

/** Installs aside and renames, so that a place never holds half a package, whoever else runs the bench. */
function install(spec: string, place: string): void {
  mkdirSync(CACHE, { recursive: true })
  const aside = mkdtempSync(join(CACHE, 'installing-'))
  try {
    writeFileSync(join(aside, 'package.json'), '{}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--fetch-retries', '1', '--prefix', aside, spec], { stdio: 'pipe' })
    if (!existsSync(place)) renameSync(aside, place)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return text.split('\n').find(line => line.trim() !== '') ?? 'no reason given'
}
