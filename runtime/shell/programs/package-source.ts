/** Packages that are named by an address of their own, past the registry: `npm i https://…`, `pip install git+https://…`. */
import type { Text } from '../analysis.js'
import { dropPrefix, prefixOf } from '../text.js'
import type { World } from './model.js'

/** pip writes a name before it too (PEP 508), and git's way of fetching. */
const BEFORE = /^(?:[\w.[\],-]+ ?@ ?)?(?:git\+)?(?=(?:https?|ftp):\/\/)/i

/** What is fetched where a package is an address; else nothing. */
export function fetchPackage(source: Text, program: string, world: World): void {
  const [before] = BEFORE.exec(prefixOf(source)) ?? []
  if (before !== undefined)
    world.act('web.fetch', { url: dropPrefix(source, before.length), method: 'GET', upload: false, program, installs: true })
}
