/** Whether somebody other than the administrator could have written the managed policies. */
import { lstatSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Diagnostic } from '../../compiler/diagnostic.js'
import { error, startOf } from '../../compiler/diagnostics/problem.js'
import { quoted } from '../../compiler/diagnostics/quoted.js'
import { nodeHost } from '../../runtime/host/node.js'
import { folderFiles } from '../../runtime/host/source-stamp.js'
import type { ManagedFolder } from '../home.js'

const OTHERS_WRITE = 0o022

/** Policies that others can write enforce nothing. Windows tells no owner: there the folder's own permissions have to do. */
export function managedProblems({ policies, owner }: ManagedFolder): readonly Diagnostic[] {
  if (process.platform === 'win32') return []
  const folders = [policies, join(policies, '..')]
  return [...folders, ...folderFiles(nodeHost, policies)].filter(path => !isKept(path, owner)).map(notProtected)
}

/** A link counts as what it leads to, and is itself in the folder. */
function isKept(path: string, owner: number): boolean {
  try {
    return [lstatSync(path), statSync(path)].every(({ uid, mode }, i) => uid === owner && (i === 0 || (mode & OTHERS_WRITE) === 0))
  } catch {
    return false
  }
}

function notProtected(path: string): Diagnostic {
  const message = `${quoted(path)} can be written by others than its administrator`
  const help = `as root, run \`chown root ${path}\` and \`chmod go-w ${path}\``
  return error({ code: 'managed-not-protected', span: startOf({ path, text: '' }), message, help })
}
