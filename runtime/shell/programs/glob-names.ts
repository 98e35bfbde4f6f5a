import { AbstractString, type Part } from '../../decide/abstract-string.js'
import type { Text } from '../analysis.js'
import { partsOf } from '../text.js'

/** A file name pattern as `find -name` and `grep --include` take it. */
export function globbed(pattern: Text): Text {
  return AbstractString.of(partsOf(pattern).flatMap<Part>(part => (typeof part === 'string' ? globParts(part) : [part])))
}

/** A path pattern by which a name with a dot is found only where the pattern has the dot: a name that is all `*` has none. */
export function globbedPath(pattern: string): Text {
  const names = pattern
    .split('/')
    .map((name, i): readonly Part[] => [...(i === 0 ? [] : ['/']), ...(/^\*+$/.test(name) ? [VISIBLE] : globParts(name))])
  return AbstractString.of(names.flat())
}

/** A name that a regular expression spells, with what may stand around it; undefined where it holds more than that. */
export function nameSpelled(pattern: string): Text | undefined {
  const last = pattern.slice(pattern.lastIndexOf('/') + 1)
  const [, from = '', name, to = ''] = /^(\^?)((?:\\\.|[\w-]|(?<=^\^?)\.)+)(\$?)$/.exec(last) ?? []
  if (name === undefined) return undefined
  const isStart = from !== '' || last !== pattern
  return AbstractString.of([...(isStart ? [] : [ANYTHING]), name.split('\\').join(''), ...(to === '' ? [ANYTHING] : [])])
}

const ANYTHING: Part = { hole: 'segment' }
const VISIBLE: Part = { hole: 'visible' }

function globParts(text: string): readonly Part[] {
  return (text.match(/\[[!^]?\]?[^\][]*\]|\[.*|[^]/gu) ?? []).map(partOf)
}

/** A set is one character; one that does not end is not followed. */
function partOf(unit: string): Part {
  if (unit.startsWith('[')) return { hole: unit.endsWith(']') ? 'char' : 'segment' }
  return unit === '*' ? { hole: 'segment' } : unit === '?' ? { hole: 'char' } : unit
}
