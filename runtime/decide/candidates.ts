/** The statements that can apply to a request, in file order: those without a guard, and those whose guard the request meets. */
import type { ActionEntry } from './action-index.js'
import type { Evaluation } from './evaluation.js'
import type { OpenTable } from './open-table.js'
import { guardFieldOf } from './statement.js'

/** @param evaluations the request as written and, where it differs, under its real path: what either can meet is a candidate */
export function candidatesOf(policy: OpenTable, action: string, evaluations: readonly Evaluation[]): readonly number[] {
  const entry = policy.index.lookup(action)
  if (entry.guardFields.length === 0) return entry.unguarded
  const met: number[] = []
  for (const evaluation of evaluations) {
    for (const field of entry.guardFields) addMet(policy, entry, evaluation, field, met)
  }
  if (met.length === 0) return entry.unguarded
  const guarded = [...new Set(met)].filter(statement => policy.index.covers(statement, action))
  return [...entry.unguarded, ...guarded].sort((a, b) => a - b)
}

function addMet({ table, guards }: OpenTable, entry: ActionEntry, evaluation: Evaluation, field: number, met: number[]): void {
  const symbols = evaluation.textSymbols(field)
  if (symbols === 'missing') return
  const add = (statement: number) => {
    if (guardFieldOf(table, statement) === field) met.push(statement)
  }
  if (symbols === 'no text') entry.all().forEach(add)
  else for (const list of guards.listsMet(symbols)) table.eachOfList(list, add)
}
