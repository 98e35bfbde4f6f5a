/** The file beside a bundle: the table, then the parts of the kernel that few calls need. */
import type { DataPlace, TableFile } from '../decide/table.js'
import type { Host } from './host.js'
import { partsAt } from './parts.js'

/**
 * Opens the table, and says to the kernel where its parts are.
 * @param folder that of the bundle
 * @throws where the file is missing or has another length
 */
export function openData(host: Host, folder: string, { file, table, parts }: DataPlace): TableFile {
  const path = `${folder}/${file}`
  const data = host.openFile(path)
  if (data.size !== table + parts) throw new Error(`the policy data \`${file}\` are damaged; run \`agsec compile\``)
  partsAt((offset, length) => host.readAscii(path, table + offset, length))
  return { size: table, read: (offset, length) => data.read(offset, length) }
}
