/**
 * The releases that the integrations are tested against: each in a folder of its own, under the Node that runs it. Folders and Nodes
 * are installed from npm into a cache before the first test.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { engineProgram } from '../../../bench/engine-programs.js'
import { packageFile } from '../../../compiler/package-root.js'

export interface Release {
  /** What the tests call it: `openai 7.57.0`. */
  readonly name: string
  /** Exact versions of the packages; absent: those of this repository. */
  readonly packages?: Readonly<Record<string, string>>
  /** The major version of Node that runs it; absent: the one that runs the tests. */
  readonly node?: number
}

/** By integration: the oldest release that is supported, the newest that Node 20 runs, and the newest under a newer Node. */
export const RELEASES = {
  openai: [
    { name: 'openai 4.87.1', packages: { openai: '4.87.1', zod: '3.25.76' } },
    { name: 'openai 6' },
    { name: 'openai 7.57.0', packages: { openai: '7.57.0', zod: '4.6.7' }, node: 24 },
  ],
  anthropic: [
    { name: '@anthropic-ai/sdk 0.63.1', packages: { '@anthropic-ai/sdk': '0.63.1' } },
    { name: '@anthropic-ai/sdk 1' },
    { name: '@anthropic-ai/sdk 1 on Node 24', node: 24 },
  ],
  langchain: [
    {
      name: 'langchain 1.0.1',
      // The checkpoints are those of its time: the newest ask for a newer core.
      packages: {
        langchain: '1.0.1',
        '@langchain/core': '1.0.1',
        '@langchain/langgraph': '1.0.0',
        '@langchain/langgraph-checkpoint': '1.0.0',
        zod: '4.6.7',
      },
    },
    // That of this repository, with a model for the examples.
    {
      name: 'langchain 1.5.14',
      packages: {
        langchain: '1.5.14',
        '@langchain/core': '1.4.0',
        '@langchain/langgraph': '1.7.3',
        '@langchain/openai': '1.5.5',
        zod: '4.6.7',
      },
    },
    { name: 'langchain 1 on Node 24', node: 24 },
  ],
  // Without the package for MCP, which is optional, it cannot be imported as a module.
  'openai-agents': [
    { name: '@openai/agents 0.4.0', packages: { '@openai/agents': '0.4.0', '@modelcontextprotocol/sdk': '1.32.2', zod: '4.6.7' } },
    { name: '@openai/agents 0.14.3', packages: { '@openai/agents': '0.14.3', '@modelcontextprotocol/sdk': '1.32.2', zod: '4.6.7' } },
    {
      name: '@openai/agents 0.20.0',
      packages: { '@openai/agents': '0.20.0', '@modelcontextprotocol/client': '2.4.0', zod: '4.6.7' },
      node: 24,
    },
  ],
  'vercel-ai': [
    { name: 'ai 5.0.0', packages: { ai: '5.0.0', '@ai-sdk/openai-compatible': '1.0.0', zod: '3.25.76' } },
    { name: 'ai 6.0.326', packages: { ai: '6.0.326', '@ai-sdk/openai-compatible': '2.0.92', zod: '4.6.7' } },
    { name: 'ai 7.0.173', packages: { ai: '7.0.173', '@ai-sdk/openai-compatible': '3.0.92', zod: '4.6.7' }, node: 24 },
  ],
} as const satisfies Readonly<Record<string, readonly Release[]>>

const CACHE = fileURLToPath(packageFile('node_modules/.cache/agsec-sdk'))

/** Engines that frameworks run on and hooks do not, each in the package for this machine. */
const ENGINES = {
  workerd: { packages: { '@cloudflare/workerd-linux-64': '1.20261117.1' }, program: '@cloudflare/workerd-linux-64/bin/workerd' },
  deno: { packages: { '@deno/linux-x64-glibc': '2.9.6' }, program: '@deno/linux-x64-glibc/deno' },
} as const

/** The absolute path of the program of an engine. */
export function engine(name: keyof typeof ENGINES | 'bun'): string {
  if (name === 'bun') return engineProgram(name)
  const { packages, program } = ENGINES[name]
  return join(folderOf(packages), 'node_modules', program)
}

/** Installs what is missing, all packages at once. */
export async function installAll(): Promise<void> {
  const releases: readonly Release[] = Object.values(RELEASES).flat()
  const wanted: readonly Readonly<Record<string, string>>[] = [
    ...Object.values(ENGINES).map(each => each.packages),
    ...releases.flatMap(({ packages }) => (packages === undefined ? [] : [packages])),
  ]
  const installing = [...new Map(wanted.map(each => [folderOf(each), each])).values()].map(install)
  engine('bun')
  for (const release of releases) nodeOf(release)
  await Promise.all(installing)
}

/** The program that runs a release. */
export function nodeOf({ node }: Release): string {
  return node === undefined ? process.execPath : engineProgram(`node-${node}`)
}

/** The module that loads the packages of a release from where they are: `load(name)`, `load.cjs(name)`. */
export function loaderOf({ packages }: Release): string {
  return packages === undefined ? fileURLToPath(packageFile('test/sdk/support/load.mjs')) : join(folderOf(packages), 'load.mjs')
}

function folderOf(packages: Readonly<Record<string, string>>): string {
  const names = Object.entries(packages).map(([name, version]) => `${name}@${version}`)
  return join(CACHE, names.join('+').replaceAll('/', '-'))
}

const LOADER = `export const load = name => import(name)\n`

/** Installed beside its place and moved there whole: another process may be installing the same. */
async function install(packages: Readonly<Record<string, string>>): Promise<void> {
  const folder = folderOf(packages)
  if (existsSync(folder)) return
  mkdirSync(CACHE, { recursive: true })
  const building = mkdtempSync(`${folder}-`)
  writeFileSync(join(building, 'package.json'), JSON.stringify({ private: true, dependencies: packages }))
  writeFileSync(join(building, 'load.mjs'), LOADER)
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--omit=optional', '--no-package-lock', '--prefer-offline']
  await promisify(execFile)('npm', ['install', ...options, '--prefix', building], { cwd: building })
  try {
    renameSync(building, folder)
  } catch {
    // The other process was first.
    rmSync(building, { recursive: true })
  }
}
