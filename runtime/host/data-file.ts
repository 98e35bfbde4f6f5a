/** The file beside a bundle: the table, then the parts of the kernel that few calls need. */
import type { DataPlace, TableFile } from '../decide/table.js'
import type { Host } from './host.js'
import { type MakeCode, partsAt } from './parts.js'

/**
 * Says to the kernel where its parts are; a call may need one before the table is opened.
 * @param folder that of the bundle
 * @param make what makes code of them, if not the language alone
 * @returns opens the table; throws where the file is missing or has another length
 */
export function findData(host: Host, folder: string, { file, table, parts }: DataPlace, make?: MakeCode): () => TableFile {
  const path = `${folder}/${file}`
  partsAt((offset, length) => host.readAscii(path, table + offset, length), make)
  return () => openTable(host, path, { file, table, parts })
}

/**
 * The same for a process that decides as long as it lives: the data stay open, so that a policy that is compiled anew takes nothing away from it.
 * @returns the table; throws as above
 */
export function keepData(host: Host, folder: string, place: DataPlace): TableFile {
  const data = openWhole(host, `${folder}/${place.file}`, place)
  partsAt((offset, length) => asciiOf(data.read(place.table + offset, length)))
  const table = data.read(0, place.table)
  return { size: place.table, read: (offset, length) => table.subarray(offset, offset + length) }
}

/** Text in chunks, since a call takes only so many arguments. */
function asciiOf(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return text
}

function openTable(host: Host, path: string, place: DataPlace): TableFile {
  return { size: place.table, read: windowed(openWhole(host, path, place)) }
}

function openWhole(host: Host, path: string, { file, table, parts }: DataPlace): TableFile {
  const data = host.openFile(path)
  if (data.size !== table + parts) throw new Error(`the policy data \`${file}\` are damaged; run \`agsec compile\``)
  return data
}

/** What a call needs of a table lies close together, so each look at the file takes more than is asked for. */
const WINDOW_BYTES = 16 * 1024

function windowed(file: TableFile): TableFile['read'] {
  let bytes: Uint8Array = new Uint8Array(0)
  let start = 0
  return (offset, length) => {
    if (offset < start || offset + length > start + bytes.length) {
      // Words in the window stay aligned.
      start = offset & ~7
      bytes = file.read(start, Math.min(Math.max(WINDOW_BYTES, offset - start + length), file.size - start))
    }
    return bytes.subarray(offset - start, offset - start + length)
  }
}
