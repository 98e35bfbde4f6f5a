/** The statements that can apply to a request, in file order: those without a guard, and those whose guard the request meets. */
import type { ActionEntry, ActionIndex } from './action-index.js'
import type { Evaluation } from './evaluation.js'
import { gramLists } from './guard-index.js'
import { guardFieldOf } from './statement.js'
import type { Table } from './table.js'

/** @param evaluations the request as written and, where it differs, under its real path: what either can meet is a candidate */
export function candidatesOf(table: Table, index: ActionIndex, evaluations: readonly Evaluation[]): readonly number[] {
  const action = evaluations[0]?.request.action ?? ''
  const entry = index.lookup(action)
  if (entry.guardFields.length === 0) return entry.unguarded
  const met = new Set<number>()
  for (const evaluation of evaluations) {
    for (const field of entry.guardFields) addMet(table, entry, evaluation, field, met)
  }
  const guarded = [...met].filter(statement => index.covers(statement, action))
  return guarded.length === 0 ? entry.unguarded : [...entry.unguarded, ...guarded].sort((a, b) => a - b)
}

function addMet(table: Table, entry: ActionEntry, evaluation: Evaluation, field: number, met: Set<number>): void {
  const symbols = evaluation.textSymbols(field)
  if (symbols === 'missing') return
  const add = (statement: number) => {
    if (guardFieldOf(table, statement) === field) met.add(statement)
  }
  if (symbols === 'no text') entry.all().forEach(add)
  else for (const list of gramLists(table, symbols)) table.list(list).forEach(add)
}
