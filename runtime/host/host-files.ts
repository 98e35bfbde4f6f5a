/** The file system as the shell analyser asks for it. */
import type { Files } from '../shell/analysis.js'
import type { Host } from './host.js'

/** The longest text that is read, in bytes. */
const LONGEST = 64 * 1024

export function hostFiles(host: Host): Files {
  return {
    readText: path => readText(host, path),
    list: path => (path.startsWith('/') ? host.listFolder(path) : undefined),
    kind: path => kindOf(host, path),
  }
}

function readText(host: Host, path: string): string | undefined {
  const facts = path.startsWith('/') ? host.fileFacts(path) : undefined
  if (facts === undefined || !facts.isFile || facts.size > LONGEST || tellsNoSize(path)) return undefined
  try {
    return host.readFile(path)
  } catch {
    return undefined
  }
}

/** The files of the kernel say that they are empty, and reading some of them waits for ever. */
function tellsNoSize(path: string): boolean {
  return ['/proc/', '/sys/', '/dev/'].some(folder => path.startsWith(folder))
}

function kindOf(host: Host, path: string): 'file' | 'folder' | 'none' | 'unknown' {
  if (!path.startsWith('/')) return 'unknown'
  const facts = host.fileFacts(path)
  if (facts === undefined) return host.realPath(path) === undefined ? 'unknown' : 'none'
  return facts.isFolder ? 'folder' : facts.isFile ? 'file' : 'unknown'
}
