/**
 * The alphabet that all automata of one table share. ASCII code points are their own symbols; the others fall into a few
 * sets that no pattern of the table tells apart, each one symbol from 128 on. A text is turned into symbols once, however
 * many patterns then read it.
 */
import { ASCII, SECTION, type Table } from './table.js'

export type Symbols = Uint8Array | Uint16Array

export function symbolsOf(text: string, table: Table): Symbols {
  const symbols = table.setting('symbolCount') <= 256 ? new Uint8Array(text.length) : new Uint16Array(text.length)
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < ASCII) symbols[length++] = unit
    else {
      const point = text.codePointAt(i) as number // i is in bounds
      if (point > 0xffff) i++
      symbols[length++] = symbolOf(point, table)
    }
  }
  return length === text.length ? symbols : symbols.subarray(0, length)
}

/** @param point a code point of at least 128 */
function symbolOf(point: number, table: Table): number {
  let low = 0
  let high = table.count(SECTION.ranges) - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (table.word(SECTION.ranges, middle) <= point) low = middle
    else high = middle - 1
  }
  return ASCII + table.unit(SECTION.symbols, low)
}
