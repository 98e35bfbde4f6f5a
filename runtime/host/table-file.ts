import type { TableFile } from '../decide/table.js'
import type { Host } from './host.js'

/** A table in a file beside the bundle, named by its digest. */
export interface TableInFile {
  readonly file: string
  readonly bytes: number
}

/** @throws where the file is missing or has another length */
export function openTableFile(host: Host, folder: string, { file, bytes }: TableInFile): TableFile {
  const table = host.openFile(`${folder}/${file}`)
  if (table.size !== bytes) throw new Error(`the policy table \`${file}\` is damaged; run \`agsec compile\``)
  return table
}
