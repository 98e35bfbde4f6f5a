/** What the command itself has set up for the programs that a program starts by their names: a runner of tests, make, git. */
import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { startsPrograms } from '../programs/environment.js'
import type { Invocation, World } from '../programs/model.js'
import { dropPrefix, partsOf, prefixOf } from '../text.js'
import type { Shell } from './shell.js'
import { keyOf, scalarOf } from './state.js'

/** Where runners of projects look without being told. */
const OF_PROJECT = /\/node_modules\/\.bin\/[^/]+$/

/** They start nothing but what their words say. */
const PLAIN = new Set(
  'cat chmod cp cut diff du find grep head ln ls mkdir mktemp mv readlink realpath stat tail tee touch wc which'.split(' '),
)

/** No more folders of a `PATH` are looked at. */
const MOST_FOLDERS = 100

/** Variables of a shell that run code wherever one is started. */
const OF_SHELLS = /^(?:BASH_ENV|SHELLOPTS|BASH_FUNC_.*)$/

/**
 * Runs what a program may start besides what its model says: functions that were exported, what a shell starts with, and files that the
 * command has written where programs are looked for. @param isProject it runs the project's code
 * @param run the file at a path, with words that are not known
 */
export function runStarted(shell: Shell, call: Invocation, isProject: boolean, world: World, run: (path: string) => void): void {
  if (shell.frame.elsewhere || shell.starting) return
  const inherited = inheritedBy(shell, call)
  if (inherited.length === 0 && shell.written.isNothing) return
  const isRunner = isProject || startsPrograms(call.name)
  if (isRunner && inherited.length > 0) world.shell(inherited.join('\n'), { via: 'a shell', open: true })
  if (shell.written.isNothing || (!isRunner && PLAIN.has(call.name))) return
  const found = new Set(isRunner ? shell.written.files.filter(path => OF_PROJECT.test(path)) : [])
  const folders = foldersOfPath(shell, call)
  const written = new Set(shell.written.files.map(folderOf))
  const mayFind = (folder: Text) => typeof folder !== 'string' && hasWrittenIn(shell, folder)
  if (folders.length > MOST_FOLDERS || folders.some(mayFind)) world.unknown('any', 'a program that the command itself wrote')
  for (const folder of folders.slice(0, MOST_FOLDERS))
    for (const path of shell.absolute(folder === '' ? '.' : folder))
      if (typeof path === 'string' && written.has(path))
        for (const file of shell.written.files) if (folderOf(file) === path) found.add(file)
  shell.starting = true
  for (const path of found) run(path)
  shell.starting = false
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/')) || '/'
}

/** Code that runs whatever a shell does: the functions that come from outside may be called. */
function inheritedBy({ state }: Shell, { environment }: Invocation): readonly string[] {
  const functions = [...state.functions.keys()].filter(each => state.options.has(`export ${each}`))
  const given = [...environment.keys()].filter(each => OF_SHELLS.test(each))
  const names = [...functions, ...given.flatMap(each => (each.startsWith('BASH_FUNC_') ? [each.slice(10, -2)] : []))]
  return [...given.map(() => ':'), ...names.map(each => `${each} "$@"`)]
}

/** The folders of `PATH`, and of what `make PATH=a` sets. */
function foldersOfPath(shell: Shell, { args, environment }: Invocation): readonly Text[] {
  const told = args.flatMap(arg => (prefixOf(arg).startsWith('PATH=') ? [dropPrefix(arg, 5)] : []))
  const given = environment.get('PATH')
  const set = shell.state.has('PATH') ? shell.variable('PATH') : []
  return [...told, ...(given === undefined ? set.map(value => scalarOf(value) ?? '') : [given])].flatMap(foldersIn)
}

/** `a:b` */
export function foldersIn(path: Text): readonly Text[] {
  const found: AbstractString['parts'][number][][] = [[]]
  for (const part of partsOf(path)) {
    const [first, ...rest] = typeof part === 'string' ? part.split(':') : [part]
    found[found.length - 1]?.push(first ?? '')
    for (const each of rest) found.push([each])
  }
  return found.map(parts => AbstractString.of(parts))
}

/** Whether it has written a file in the folder, under the same name for what is not known of it. */
function hasWrittenIn({ findings }: Shell, folder: Text): boolean {
  const key = `${keyOf(folder)}/`
  return findings.files.some(({ operation, path }) => operation === 'write' && typeof path !== 'string' && keyOf(path).startsWith(key))
}
