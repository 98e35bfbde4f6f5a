/** The values of the guards of a table: the statements that need a field to hold one of a few values, by one look-up of what it holds. */
import { hashText, SECTION, type Table } from './table.js'

/** One word for a field and the text of a value. Values that share it only make each other's statements candidates. */
export function valueHash(field: number, text: string): number {
  return (hashText(text) ^ Math.imul(field + 1, 0x9e3779b1)) >>> 0
}

export class ValueIndex {
  private readonly slots: number
  /** The length of the longest text that is looked up, in UTF-16 units: a longer one is no value of the policy. */
  private readonly longest: number

  constructor(private readonly table: Table) {
    this.slots = table.count(SECTION.values)
    this.longest = table.setting('longestValue')
  }

  /** The list (offset) of the statements whose guard the value of the field meets; undefined where there are none. */
  find(field: number, value: string | number | boolean): number | undefined {
    const { slots, table } = this
    const text = String(value)
    if (text.length > this.longest) return undefined
    const hash = valueHash(field, text)
    for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const list = table.word(SECTION.values, 2 * slot + 1)
      if (list === 0) return undefined
      if (table.word(SECTION.values, 2 * slot) === hash) return list - 1
    }
  }
}
