/** A table made ready: everything that is the same for all decisions is made once. */
import { type ActionIndex, openActionIndex } from './action-index.js'
import { Candidates } from './candidates.js'
import { Constants, Evaluation } from './evaluation.js'
import type { Effect } from './result.js'
import { named, Statements } from './statement.js'
import { EFFECTS, NONE, Table, type TableFile } from './table.js'

export interface OpenTable {
  readonly table: Table
  readonly index: ActionIndex
  readonly candidates: Candidates
  readonly statements: Statements
  /** Undefined where the policy writes none. */
  readonly defaultEffect: Effect | undefined
  readonly effectsFull: boolean
  /** The evaluation of requests as written, used for one after the other: deciding is synchronous. */
  readonly written: Evaluation
  /** That of requests under their real paths. */
  readonly real: Evaluation
}

/**
 * @param header the file's first words, where somebody has read them
 * @throws where the bytes are no table of this version, or are truncated or damaged
 */
export function openTable(file: TableFile, header?: Uint8Array): OpenTable {
  const table = new Table(file, header)
  const effect = table.setting('defaultEffect')
  const constants = new Constants(table)
  const index = openActionIndex(table)
  return {
    table,
    index,
    candidates: new Candidates(table, index),
    statements: new Statements(table),
    defaultEffect: effect === NONE ? undefined : named(EFFECTS, effect),
    effectsFull: table.setting('effectsFull') === 1,
    written: new Evaluation(table, constants),
    real: new Evaluation(table, constants),
  }
}
