/** The working directory: `cd`, `pushd`, `popd` (manual 4.1, 6.8). */
import type { Text } from '../analysis.js'
import { ANY, join, prefixOf } from '../text.js'
import type { Arguments } from './builtins.js'
import { foldersIn } from './started.js'
import type { Result } from './result.js'
import type { Shell } from './shell.js'
import { bounded, scalarOf } from './state.js'

const PERHAPS: Result = { output: '', status: undefined }

export function changeFolder(shell: Shell, { args, open }: Arguments): Result {
  const operands = args.filter((arg, at) => !isOption(arg) && (at > 0 || arg !== '--'))
  const [folder] = operands
  if (open || (folder === undefined && args.length > 0 && !args.every(isOption))) return go(shell, [ANY])
  if (folder === undefined)
    return go(
      shell,
      shell.variable('HOME').map(value => scalarOf(value) ?? ANY),
    )
  return go(shell, foldersOf(shell, folder))
}

function isOption(arg: Text): boolean {
  return typeof arg === 'string' && arg.length > 1 && arg.startsWith('-')
}

function foldersOf(shell: Shell, folder: Text): readonly Text[] {
  if (folder === '-') return shell.variable('OLDPWD').map(value => scalarOf(value) ?? ANY)
  const prefix = prefixOf(folder)
  const relative = !prefix.startsWith('/') && !prefix.startsWith('.')
  const bases = relative && shell.state.has('CDPATH') ? shell.variable('CDPATH').flatMap(value => foldersIn(scalarOf(value) ?? '')) : []
  return [...bases.map(base => join(base === '' ? '.' : base, '/', folder)), folder].flatMap(each => shell.absolute(each))
}

/** It may fail: then the shell stays where it is. */
function go(shell: Shell, to: readonly Text[]): Result {
  const { state } = shell
  state.settle(undefined)
  state.cwdIfFailed = state.cwd
  state.set('OLDPWD', state.cwd, 'x')
  state.cwd = bounded(to, 4)
  return PERHAPS
}

export function pushFolder(shell: Shell, { args: [folder, kept] }: Arguments): Result {
  const { state } = shell
  // Only the stack changes.
  if (folder === '-n') {
    state.stack = kept === undefined ? [] : [...bounded(foldersOf(shell, kept), 1), ...state.stack]
    return PERHAPS
  }
  const before = bounded(state.cwd, 1)
  if (folder === undefined || prefixOf(folder).startsWith('+') || prefixOf(folder).startsWith('-')) {
    const [top = ANY, ...rest] = state.stack
    state.stack = folder === undefined ? [...before, ...rest] : []
    return go(shell, [folder === undefined ? top : ANY])
  }
  state.stack = [...before, ...state.stack]
  return go(shell, foldersOf(shell, folder))
}

/** With an option, or a place in the stack, it may stay where it is. */
export function popFolder(shell: Shell, { args }: Arguments): Result {
  const { state } = shell
  const [top = ANY, ...rest] = state.stack
  state.stack = rest
  return go(shell, args.length === 0 ? [top] : [...state.cwd, top])
}
