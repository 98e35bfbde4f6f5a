import { SECTION, type Table } from '../../runtime/decide/table.js'

/** A field's key: its names, joined again. */
export function fieldName(table: Table, field: number): string {
  return table
    .list(table.word(SECTION.fields, field))
    .map(name => table.text(name))
    .join('.')
}
