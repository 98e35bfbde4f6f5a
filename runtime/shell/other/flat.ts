/** A text known in part as one string, for readers of characters: each hole is one character that code does not use. */
import type { Text } from '../analysis.js'
import { ANY, join, partsOf } from '../text.js'

/** Of the private use area. Code that really has this character is read as less known than it is. */
export const HOLE = '\uE000'

export function flatten(text: Text): string {
  return partsOf(text)
    .map(part => (typeof part === 'string' ? part : HOLE))
    .join('')
}

export function unflatten(flat: string): Text {
  return join(...flat.split(HOLE).flatMap((text, i) => (i === 0 ? [text] : [ANY, text])))
}

/** True where nothing at all is known. */
export function isUnknown(text: Text): boolean {
  return typeof text !== 'string' && text.isUnrestricted
}
