/** Whether a file has changed, without reading it. */
import { statSync } from 'node:fs'

/** The sign of a file that is not there. */
export const NO_SIGN = ''

/** What the file system says of a file: another content has another sign, however soon it came after the one before. */
export function signOf(path: string): string {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
    return stats === undefined ? NO_SIGN : `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`
  } catch {
    return NO_SIGN
  }
}

/** What is read from a file, read again where the file has changed. */
export function followed<T>(path: string, read: () => T): () => T {
  // INVARIANT: the sign is taken before the file is read, so that what changes in between is seen the next time.
  let sign = signOf(path)
  let value = read()
  return () => {
    const now = signOf(path)
    if (now !== sign) {
      sign = now
      value = read()
    }
    return value
  }
}
