/** The files that a seed names, and the folders that hold nothing else. */
import { posix } from 'node:path'
import type { Files } from '../../runtime/shell/analysis.js'
import type { Seed } from './seeds.js'

/** Absolute. */
export function pathsOf({ form, place }: Pick<Seed, 'form' | 'place'>): readonly string[] {
  const words = form.kind === 'command' ? form.words : []
  return words.filter(({ role }) => role === 'path').map(({ value }) => posix.resolve(place.cwd, value))
}

/** The file system in which the seed has its effect: a pattern finds what the seed is about. */
export function filesOf(seed: Pick<Seed, 'form' | 'place'>): Files {
  const paths = pathsOf(seed)
  // A seed that is about a pattern says nothing of what that finds.
  const folders = new Map<string, string[]>(
    paths.some(path => /[*?[]/.test(path)) || seed.form.kind === 'script' ? [] : [[seed.place.cwd, []]],
  )
  for (let path of folders.size === 0 ? [] : paths)
    for (; path !== '/'; path = posix.dirname(path)) {
      const names = folders.get(posix.dirname(path)) ?? []
      if (!names.includes(posix.basename(path))) names.push(posix.basename(path))
      folders.set(posix.dirname(path), names)
    }
  // What lies in the root, and elsewhere, is not told.
  folders.delete('/')
  return {
    readText: () => undefined,
    list: path => folders.get(path),
    kind: path => (folders.has(path) ? 'folder' : paths.includes(path) ? 'file' : 'unknown'),
  }
}
