/** agsec's protection of itself goes by names: a folder under another one would be within the agent's reach. */
import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import { UsageError } from '../usage-error.js'

const ADMINISTRATORS = ['/etc/agsec', '/Library/Application Support/agsec', 'C:\\ProgramData\\agsec']

/** @throws UsageError where the folder, or what it is a link to, has a name that agents are not kept from */
export function mustBeProtected(folder: string): void {
  const open = [folder, realpathSync(folder)].find(path => basename(path) !== '.agsec' && !isAdministrators(path))
  if (open === undefined) return
  throw new UsageError(
    `agents would not be kept from agsec's files in ${open}`,
    `call the folder \`.agsec\`, wherever it lies, or take ${ADMINISTRATORS[0] ?? ''}`,
  )
}

/** Real paths of a system may have another folder before them: `/private/etc` on macOS. */
function isAdministrators(path: string): boolean {
  return ADMINISTRATORS.some(each => path.toLowerCase() === each.toLowerCase() || path === `/private${each}`)
}
