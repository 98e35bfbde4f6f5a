import { relative } from 'node:path'

/** The path as one would type it here. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}
