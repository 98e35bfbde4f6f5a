import { AbstractString, type Part } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { partsOf } from '../text.js'

/** A file name pattern as `find -name` and `grep --include` take it. */
export function globbed(pattern: Text): Text {
  return AbstractString.of(partsOf(pattern).flatMap<Part>(part => (typeof part === 'string' ? globParts(part) : [part])))
}

function globParts(text: string): readonly Part[] {
  const bracket = text.indexOf('[')
  const known = bracket === -1 ? text : text.slice(0, bracket)
  const parts: readonly Part[] = [...known].map(unit => (unit === '*' ? { hole: 'segment' } : unit === '?' ? { hole: 'char' } : unit))
  return bracket === -1 ? parts : [...parts, { hole: 'segment' }]
}
