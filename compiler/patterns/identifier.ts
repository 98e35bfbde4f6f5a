/** Names of groups. The engine's own Unicode data are not asked: see `unicode/generate.ts`. */
import { codePointsOf, hasChar } from './char-set.js'
import { binaryProperty } from './unicode/properties.js'

/** A name by the rules of identifiers; `also` are further characters that may stand in it. */
export function isIdentifier(name: string, also: string): boolean {
  const inside = (codePoint: number, property: string) =>
    also.includes(String.fromCodePoint(codePoint)) || hasChar(binaryProperty(property) ?? [], codePoint)
  const [first, ...others] = codePointsOf(name)
  if (first === undefined) return false
  return inside(first, 'ID_Start') && others.every(codePoint => inside(codePoint, 'ID_Continue'))
}
