/** What of the kernel few calls need, as parts by topic. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { KernelPart } from './kernel-parts.js'

/** What only calls with an address need. */
const HOSTS: KernelPart = { name: 'hosts', entries: ['runtime/decide/host.ts', 'runtime/decide/network.ts'] }

/** What few policies and few requests need. */
const OF_DECISIONS: readonly KernelPart[] = ['completions', 'irregular', 'explain'].map(file => ({
  name: file,
  entries: [`runtime/decide/${file}.ts`],
}))

/** What most commands of a shell do not need: the entries of each part within `runtime/shell/`. */
const OF_SHELL: readonly (readonly string[])[] = [
  // forms of the language
  ['syntax/compound'],
  ['syntax/test'],
  ['syntax/heredoc'],
  ['syntax/ansi-c'],
  ['syntax/assignments'],
  ['syntax/dollar', 'syntax/parameter', 'syntax/balance'],
  ['syntax/braces'],
  ['evaluate/parameters'],
  ['evaluate/pattern'],
  ['evaluate/listing'],
  ['evaluate/escapes'],
  ['evaluate/arithmetic'],
  ['evaluate/assignments'],
  ['evaluate/compound', 'evaluate/loops'],
  ['evaluate/tests'],
  ['evaluate/process-paths'],
  // builtins
  ['evaluate/builtins'],
  ['evaluate/declarations'],
  ['evaluate/folders'],
  ['evaluate/printing'],
  // programs
  ['programs/files'],
  ['programs/git', 'programs/git-exec'],
  ['programs/channels', 'programs/command-lines'],
  ['programs/launchers', 'programs/env'],
  ['programs/shells'],
  ['programs/xargs'],
  ['programs/find'],
  ['programs/hosts'],
  ['programs/tools'],
  ['programs/packages'],
  ['programs/package-scripts'],
  ['programs/project'],
  ['programs/network'],
  ['programs/system'],
  ['programs/databases'],
  ['programs/cloud'],
  ['programs/awk'],
  ['programs/sed'],
  ['programs/interpreters'],
  ['programs/windows'],
  // what several of them use
  ['programs/copies'],
  ['programs/archives'],
  ['programs/launch'],
  ['programs/environment'],
  // readers of code
  ['other/tokens'],
  ['other/cmdlets'],
  ['other/code'],
  ['other/powershell'],
  ['other/cmd'],
]

/** What only the calls of one agent need, and what few calls of any need. */
const OF_AGENTS: readonly (readonly string[])[] = [
  ['codex'],
  ['copilot-cli'],
  ['copilot-vscode'],
  ['cursor'],
  ['windsurf'],
  ['cline'],
  ['gemini-cli'],
  ['qwen-code'],
  ['opencode'],
  ['crush'],
  ['goose'],
  ['droid'],
  ['kiro'],
  ['antigravity'],
  ['amp'],
  ['mcp'],
  ['loose-shapes', 'batch'],
]

/**
 * The parts of every kernel.
 * @param root of the package
 * @param built where its modules are as JavaScript
 */
export async function kernelParts(root: string, built: string): Promise<readonly KernelPart[]> {
  const inner = OF_SHELL.map(async files => {
    const entries = files.map(file => `runtime/shell/${file}.ts`)
    return { name: files.join('+'), entries, names: await namesOf(entries, root, built) }
  })
  const agents = OF_AGENTS.map(files => ({ name: files.join('+'), entries: files.map(file => `runtime/agents/${file}.ts`) }))
  const repeated = { name: 'repeated', entries: ['runtime/record/repeated.ts'] }
  const approvals = { name: 'approvals', entries: ['runtime/host/approvals.ts'] }
  const shell = { name: 'shell', entries: ['runtime/shell/expand.ts'], inner: await Promise.all(inner) }
  return [HOSTS, ...OF_DECISIONS, ...agents, repeated, approvals, shell]
}

/** The names that the look-ups among the exports know: tables of programs and builtins, which are asked for every command. */
async function namesOf(entries: readonly string[], root: string, built: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const names: Record<string, readonly string[]> = {}
  for (const entry of entries) {
    const module: object = await import(pathToFileURL(join(built, entry.replace(/\.ts$/, '.js'))).href)
    const words = wordsIn(readFileSync(join(root, entry), 'utf8'))
    for (const [name, exported] of Object.entries(module))
      if (isLookup(name, exported)) names[name] = words.filter(word => exported(word) !== undefined)
  }
  return names
}

/** Anything in the source of a table that may be a name of it. */
function wordsIn(source: string): readonly string[] {
  const quoted = source.match(/'[^'\n]*'/g)?.map(text => text.slice(1, -1)) ?? []
  return [...new Set([...source.split(/[\s'"`,;:()|]+/), ...quoted])].filter(word => /^\S+$/.test(word))
}

function isLookup(name: string, exported: unknown): exported is (name: string) => unknown {
  return (name === 'builtinOf' || /^[A-Z_]+$/.test(name)) && typeof exported === 'function'
}
