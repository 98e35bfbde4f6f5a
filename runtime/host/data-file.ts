/** The file beside a bundle: the table, then the parts of the kernel that few calls need. */
import type { DataPlace, TableFile } from '../decide/table.js'
import type { Host } from './host.js'
import { partsAt } from './parts.js'

/**
 * Says to the kernel where its parts are; a call may need one before the table is opened.
 * @param folder that of the bundle
 * @returns opens the table; throws where the file is missing or has another length
 */
export function findData(host: Host, folder: string, { file, table, parts }: DataPlace): () => TableFile {
  const path = `${folder}/${file}`
  partsAt((offset, length) => host.readAscii(path, table + offset, length))
  return () => openTable(host, path, { file, table, parts })
}

function openTable(host: Host, path: string, { file, table, parts }: DataPlace): TableFile {
  const data = host.openFile(path)
  if (data.size !== table + parts) throw new Error(`the policy data \`${file}\` are damaged; run \`agsec compile\``)
  return { size: table, read: (offset, length) => data.read(offset, length) }
}
