/** A policy folder that is about to change: nothing is written that would not compile. */
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { compile } from '../../compiler/compile.js'
import type { Diagnostic } from '../../compiler/diagnostic.js'
import { loadSources } from '../../compiler/load.js'
import type { Source } from '../../compiler/source.js'
import { hasErrors, report } from '../compile-paths.js'
import { projectPolicies } from '../../runtime/host/project-layer.js'
import type { Home } from '../home.js'
import type { Invocation } from '../invocation.js'
import { agentPolicies } from '../layers/layer-folders.js'
import { replaceFile } from '../replace-file.js'
import { fileProblem, UsageError } from '../usage-error.js'

export interface FolderFlag {
  readonly dir?: string
  readonly layer?: string
}

/** @throws UsageError where the flags name no folder, or two */
export function folderOf({ home, options: { dir, layer } }: Pick<Invocation<FolderFlag>, 'home' | 'options'>): string {
  if (layer === undefined) return dir === undefined ? home.policies : resolve(dir)
  if (dir !== undefined) throw new UsageError('`--layer` and `--dir` exclude each other')
  return layerFolder(home, layer)
}

function layerFolder(home: Home, layer: string): string {
  const [kind, agent, ...more] = layer.split(':')
  if (layer === 'user') return home.policies
  if (layer === 'managed') return home.managed.policies
  if (layer === 'project') return projectPolicies(process.cwd())
  if (kind === 'agent' && agent !== undefined && more.length === 0 && /^[\w.-]+$/.test(agent) && !agent.startsWith('.'))
    return agentPolicies(home, agent)
  throw new UsageError(`there is no layer \`${layer}\``, 'expected `managed`, `user`, `agent:NAME` or `project`')
}

/** What has to be done for the change to count. */
export function nextStep({ layer }: FolderFlag): string {
  return layer === 'project'
    ? "it counts from the next call on as a project's: run `agsec trust` to let it allow"
    : 'run `agsec compile` to put it in force'
}

/** Whether the folder is one whose policies agents are under. */
export function isInHome({ folder: home }: Home, folder: string): boolean {
  const from = relative(realFolder(home), realFolder(folder))
  return from === '' || !(from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from))
}

function realFolder(path: string): string {
  return existsSync(path) ? realpathSync(path) : path
}

export function readPolicyFile(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch (error) {
    throw new UsageError(`cannot read \`${path}\`: ${fileProblem(error)}`)
  }
}

/** Writes the file if the folder compiles with its new text; false where it does not, which has then been reported. */
export function writeIfValid(call: Invocation<FolderFlag>, folder: string, name: string, text: string): boolean {
  const { sources, diagnostics } = existsSync(folder) ? loadSources([folder]) : { sources: [], diagnostics: [] }
  const compilation = compile(withText(sources, name, text), { emit: false })
  const found = [...diagnostics.filter(each => !isMended(each, name)), ...compilation.diagnostics]
  report(call, found)
  if (hasErrors(found)) {
    call.err(`nothing was written: the folder would not compile\n`)
    return false
  }
  writeThrough(join(folder, name), text)
  return true
}

/** What loading found wrong with the old text of the file, or with a folder that is about to get its first file. */
function isMended({ code, span }: Diagnostic, name: string): boolean {
  return span.source.path === name || code === 'no-policy-files'
}

function withText(sources: readonly Source[], name: string, text: string): readonly Source[] {
  const others = sources.filter(source => source.path !== name)
  return [...others, { path: name, text }].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** A link stays a link. */
function writeThrough(path: string, text: string): void {
  try {
    replaceFile(existsSync(path) ? realpathSync(path) : path, text)
  } catch (error) {
    throw new UsageError(`cannot write \`${path}\`: ${fileProblem(error)}`)
  }
}
