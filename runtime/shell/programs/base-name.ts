import { AbstractString } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { ANY, join, partsOf } from '../text.js'

/** The last segment of a path. */
export function baseName(path: Text): Text {
  const parts = [...partsOf(path)]
  const name: Text[] = []
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (typeof part !== 'string')
      name.unshift(part.hole === 'char' || part.hole === 'segment' || part.hole === 'visible' ? AbstractString.of([part]) : ANY)
    else {
      const text = name.length === 0 && parts.length >= 0 ? trimSlashes(part) : part
      const slash = text.lastIndexOf('/')
      name.unshift(text.slice(slash + 1))
      if (slash !== -1) break
    }
  }
  return join(...name)
}

function trimSlashes(path: string): string {
  let end = path.length
  while (end > 1 && path.charAt(end - 1) === '/') end--
  return path.slice(0, end)
}
