/**
 * A peer as one minified file, as our own hook is one: how many files an engine loads is no part of the comparison. The file is a hook
 * where it is run, and a module that gives the peer where it is required.
 */
import { buildSync } from 'esbuild'
import { copyFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { installed, type NpmPackage } from './installed.js'
import type { Peer } from './peer.js'

export interface PeerEntry {
  readonly name: string
  /** The file of this folder, without its ending. */
  readonly file: string
  /** What it needs from npm; absent where that is nothing, or what this package has itself. */
  readonly npm?: NpmPackage
  /** Files that it reads at run time, relative to `node_modules`. */
  readonly besides?: readonly string[]
  /** Its policies are compiled by the `opa` program, which no npm package brings. */
  readonly compiler?: 'opa'
  /** What makes it no equal of the others. */
  readonly caveat?: string
}

export const PEERS: readonly PeerEntry[] = [
  { name: 'naive YAML interpreter', file: 'naive-yaml' },
  { name: 'plain loop, cached RegExp', file: 'plain-loop' },
  { name: 'CASL', file: 'casl', npm: { name: '@casl/ability', version: '7.0.1' } },
  { name: 'CEL (cel-js)', file: 'cel-js', npm: { name: '@marcbachmann/cel-js', version: '8.0.0' } },
  { name: 'casbin', file: 'casbin', npm: { name: 'casbin', version: '5.51.1' } },
  {
    name: 'cedar-wasm',
    file: 'cedar-wasm',
    npm: { name: '@cedar-policy/cedar-wasm', version: '4.13.0' },
    besides: ['@cedar-policy/cedar-wasm/nodejs/cedar_wasm_bg.wasm'],
    caveat: 'globs in place of regexes: roughly the same, and cheaper for it',
  },
  { name: 'opa-wasm', file: 'opa-wasm', npm: { name: '@open-policy-agent/opa-wasm', version: '1.10.0' }, compiler: 'opa' },
  { name: 'json-rules-engine', file: 'json-rules-engine', npm: { name: 'json-rules-engine', version: '7.3.1' } },
]

export interface BundledPeer extends PeerEntry {
  readonly path: string
}

export interface BundledPeers {
  readonly peers: readonly BundledPeer[]
  /** What was left out, and why, for people. */
  readonly missing: readonly string[]
}

/** @param opa the path of the `opa` program, where there is one */
export function bundlePeers(folder: string, withNpm: boolean, opa: string | undefined): BundledPeers {
  const peers: BundledPeer[] = []
  const missing: string[] = []
  for (const entry of PEERS) {
    if (entry.compiler !== undefined && opa === undefined) {
      missing.push(`${entry.name}: no npm package brings the program that compiles its policies; name yours by \`--opa PATH\``)
      continue
    }
    const place = entry.npm && installed(entry.npm, withNpm)
    if (place?.kind === 'missing') missing.push(`${entry.name}: ${place.why}`)
    else peers.push({ ...entry, path: bundle(entry, place?.folder, folder) })
  }
  return { peers, missing }
}

function bundle({ file, besides = [] }: PeerEntry, modules: string | undefined, folder: string): string {
  const path = join(folder, `${file}.cjs`)
  const contents = `
    import { peer } from './${file}.js'
    import { runAsHook } from './as-hook.js'
    module.exports = peer
    if (require.main === module) runAsHook(peer)`
  buildSync({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    nodePaths: modules === undefined ? [] : [modules],
    outfile: path,
    logLevel: 'error',
  })
  if (modules !== undefined)
    for (const name of besides) copyFileSync(join(modules, name), join(folder, name.slice(name.lastIndexOf('/') + 1)))
  return path
}

export function loadPeer(path: string): Peer {
  return createRequire(path)(path)
}
