/** A policy folder that is about to change: nothing is written that would not compile. */
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { compile } from '../../compiler/compile.js'
import type { Diagnostic } from '../../compiler/diagnostic.js'
import { loadSources } from '../../compiler/load.js'
import type { Source } from '../../compiler/source.js'
import { hasErrors, report } from '../compile-paths.js'
import type { Home } from '../home.js'
import type { Invocation } from '../invocation.js'
import { replaceFile } from '../replace-file.js'
import { fileProblem, UsageError } from '../usage-error.js'

export interface FolderFlag {
  readonly dir?: string
}

export function folderOf(call: Invocation<FolderFlag>): string {
  return call.options.dir === undefined ? call.home.policies : resolve(call.options.dir)
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
