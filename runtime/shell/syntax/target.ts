import { BRACKET, EQUALS, isNamePart, PLUS } from './characters.js'
import type { Scanner } from './scanner.js'

/** Whether an assignment may stand here: a quick look whether `=`, `+=` or `[` follows the name. */
export function isTarget(s: Scanner): boolean {
  const { at } = s
  while (isNamePart(s.skipContinuations())) s.at++
  const code = s.code()
  const found = code === EQUALS || code === BRACKET || (code === PLUS && s.next() === EQUALS)
  s.at = at
  return found
}
