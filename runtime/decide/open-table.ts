/** A table made ready: everything that is the same for all decisions is made once. */
import { type ActionIndex, openActionIndex } from './action-index.js'
import { Constants, Evaluation } from './evaluation.js'
import { GuardIndex, type LiteralIndex } from './guard-index.js'
import { Statements } from './statement.js'
import { Table, type TableFile } from './table.js'
import { ValueIndex } from './value-index.js'

export interface OpenTable {
  readonly table: Table
  readonly index: ActionIndex
  readonly literals: LiteralIndex
  readonly values: ValueIndex
  readonly statements: Statements
  /** The evaluation of requests as written, used for one after the other: deciding is synchronous. */
  readonly written: Evaluation
  /** That of requests under their real paths. */
  readonly real: Evaluation
}

/** @throws where the bytes are no table of this version, or are truncated or damaged */
export function openTable(file: TableFile): OpenTable {
  const table = new Table(file)
  const constants = new Constants(table)
  return {
    table,
    index: openActionIndex(table),
    literals: new GuardIndex(table),
    values: new ValueIndex(table),
    statements: new Statements(table),
    written: new Evaluation(table, constants),
    real: new Evaluation(table, constants),
  }
}
