/** The file beside a bundle: the table, then the parts of the kernel that few calls need. */
import type { DataPlace, TableFile } from '../decide/table.js'
import type { Host, OpenFile } from './host.js'
import { type MakeCode, partsAt } from './parts.js'

/**
 * Says to the kernel where its parts are; a call may need one before the table is opened.
 * @param folder that of the bundle
 * @param make what makes code of them, if not the language alone
 * @returns opens the table; throws, as the first look at a part does, where the file is missing or has another length
 */
export function findData(host: Host, folder: string, place: DataPlace, make?: MakeCode): () => TableFile {
  let opened: OpenFile | undefined
  const data = (): OpenFile => (opened ??= openWhole(host, folder, place))
  partsAt((offset, length) => data().ascii(place.table + offset, length), make)
  return () => ({ size: place.table, read: windowed(data(), place.table) })
}

/**
 * The same for a process that decides as long as it lives: the data stay open, so that a policy that is compiled anew takes nothing away from it.
 * @returns the table; throws as above
 */
export function keepData(host: Host, folder: string, place: DataPlace): TableFile {
  const data = openWhole(host, folder, place)
  partsAt((offset, length) => data.ascii(place.table + offset, length))
  const table = data.read(0, place.table)
  return { size: place.table, read: (offset, length) => table.subarray(offset, offset + length) }
}

function openWhole(host: Host, folder: string, { file, table, parts }: DataPlace): OpenFile {
  const data = host.openFile(`${folder}/${file}`)
  if (data.size !== table + parts) throw new Error(`the policy data \`${file}\` are damaged; run \`agsec compile\``)
  return data
}

/** What a call needs of a table lies in a few places, so each look at the file takes more than is asked for, and keeps it. */
const WINDOW_BYTES = 8 * 1024

interface Window {
  readonly start: number
  readonly end: number
  readonly bytes: Uint8Array
}

/** @param size of what is read: nothing behind it is */
function windowed(file: TableFile, size: number): TableFile['read'] {
  const windows: Window[] = []
  const open = (offset: number, length: number): Window => {
    // Words in the window stay aligned.
    const start = offset & ~7
    const bytes = file.read(start, Math.min(Math.max(WINDOW_BYTES, offset - start + length), size - start))
    const window = { start, end: start + bytes.length, bytes }
    windows.push(window)
    return window
  }
  return (offset, length) => {
    const around = (window: Window) => offset >= window.start && offset + length <= window.end
    const { start, bytes } = windows.find(around) ?? open(offset, length)
    return bytes.subarray(offset - start, offset - start + length)
  }
}
