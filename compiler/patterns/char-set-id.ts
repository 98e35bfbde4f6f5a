/** Equal sets have one number. The syntax readers share set objects, so that most look-ups need no look at 1,500 numbers. */
import type { CharSet } from './char-set.js'
import { NumberBuffer, NumberLists } from './number-lists.js'

const known = new WeakMap<CharSet, number>()
const sets = new NumberLists()
const buffer = new NumberBuffer()

export function charSetId(set: CharSet): number {
  const id = known.get(set)
  if (id !== undefined) return id
  buffer.clear()
  for (const flip of set) buffer.add(flip)
  const made = sets.idOf(buffer)
  known.set(set, made)
  return made
}
