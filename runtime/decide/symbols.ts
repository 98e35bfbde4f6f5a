/**
 * The alphabet that all automata of one table share. ASCII code points are their own symbols; the others fall into a few
 * sets that no pattern of the table tells apart, each one symbol from 128 on. A text is turned into symbols once, however
 * many patterns then read it.
 */
import { ASCII, SECTION, type Table } from './table.js'

/** Symbols in a buffer that may be longer than they are. */
export interface Symbols {
  readonly units: Uint8Array | Uint16Array
  readonly length: number
}

/** Buffers of texts up to this length are kept for the next text. */
const KEPT_LENGTH = 4096

/** Reads one text after another, reusing its buffer: a decision allocates nothing for an ordinary text. */
export class SymbolReader implements Symbols {
  units: Uint8Array | Uint16Array
  length = 0

  constructor(private readonly table: Table) {
    this.units = newUnits(table, 64)
  }

  read(text: string): this {
    if (this.units.length < text.length || this.units.length > KEPT_LENGTH) this.units = newUnits(this.table, Math.max(64, text.length))
    const units = this.units
    let length = 0
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit < ASCII) units[length++] = unit
      else {
        const point = text.codePointAt(i) as number // i is in bounds
        if (point > 0xffff) i++
        units[length++] = symbolOf(point, this.table)
      }
    }
    this.length = length
    return this
  }
}

export function symbolsOf(text: string, table: Table): Symbols {
  return new SymbolReader(table).read(text)
}

function newUnits(table: Table, length: number): Uint8Array | Uint16Array {
  return table.setting('symbolCount') <= 256 ? new Uint8Array(length) : new Uint16Array(length)
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
