/** Node, Bun and Deno. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir, userInfo } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { types } from 'node:util'
import type { HostFacts } from '../runtime/agents/contract.js'
import type { EmbeddedPolicy } from '../runtime/host/embedded.js'
import { readMode } from '../runtime/host/hook-mode.js'
import { hostFiles } from '../runtime/host/host-files.js'
import { nodeHost } from '../runtime/host/node.js'
import type { compilePolicy } from './compiler.js'
import type { Machine, Sources } from './machine.js'
import { policyOf } from './policy-of.js'

export const nodeMachine: Machine = {
  facts,
  cwd: () => process.cwd(),
  openBundle,
  compile,
  mode: () => readMode(nodeHost, agsecHome()),
  append: (line, folder = `${agsecHome()}/audit`) => nodeHost.append(folder, 'current.jsonl', line),
  isProxy: value => types.isProxy(value),
}

function agsecHome(): string {
  return `${homedir()}/.agsec`
}

function facts(): HostFacts {
  return {
    home: homedir(),
    ...userName(),
    platform: nodeHost.platform,
    realPath: path => nodeHost.realPath(path),
    files: hostFiles(nodeHost),
  }
}

/** A process may run under a number that no user has. */
function userName(): { readonly user?: string } {
  try {
    return { user: userInfo().username }
  } catch {
    return {}
  }
}

const require = createRequire(import.meta.url)

function openBundle(path: string): EmbeddedPolicy {
  const file = path.startsWith('file:') ? fileURLToPath(path) : resolve(path)
  if (!existsSync(file)) throw new Error(`there is no bundle \`${path}\`; run \`agsec compile\``)
  // A bundle that was compiled anew since is another one.
  delete require.cache[file]
  return policyOf(require(file))
}

function compile({ paths, rules }: Sources): EmbeddedPolicy {
  const file = COMPILER.find(each => existsSync(each))
  if (file === undefined) throw new Error('the compiler is missing from this installation; give the guard a bundle of `agsec compile`')
  const compiler = require(file) as { readonly compilePolicy: typeof compilePolicy } // built of that module
  return compiler.compilePolicy(paths, rules)
}

/** From the package's ECMAScript modules, from its CommonJS modules, and from its sources. */
const COMPILER = ['./compiler.cjs', '../../sdk/compiler.cjs', '../dist/sdk/compiler.cjs'].map(path =>
  fileURLToPath(new URL(path, import.meta.url)),
)
