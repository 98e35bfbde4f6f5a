import type { Mode } from '../record/record.js'
import type { Host } from './host.js'

/** A mode that cannot be read, or is none, means enforce. */
export function readMode(host: Pick<Host, 'readFile'>, agsecHome: string): Mode {
  try {
    const word = host.readFile(`${agsecHome}/mode`)?.trim()
    return word === 'observe' || word === 'halt' ? word : 'enforce'
  } catch {
    return 'enforce'
  }
}
