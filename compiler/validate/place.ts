/** Following the paths of schema errors to the values that they are about. */
import { type Entry, type Located, valueAt } from '../parse/located.js'

export interface Place {
  readonly value: Located
  /** The map or list that the value stands in. */
  readonly parent?: Located
  /** Under which key, if it stands in a map. */
  readonly entry?: Entry
}

/** @param pointer a JSON pointer, e.g. `/statements/0/effect` */
export function placeAt(root: Located, pointer: string): Place {
  let place: Place = { value: root }
  for (const step of pointer.split('/').slice(1)) place = stepInto(place.value, step.replaceAll('~1', '/').replaceAll('~0', '~'))
  return place
}

function stepInto(parent: Located, step: string): Place {
  if (parent.kind === 'map') {
    const entry = parent.entries.get(step)
    if (entry !== undefined) return { value: entry.value, parent, entry }
  }
  const item = parent.kind === 'list' ? parent.items[Number(step)] : undefined
  return { value: item ?? parent, parent }
}

export function hasKey(map: Located, key: string): boolean {
  return valueAt(map, key) !== undefined
}
