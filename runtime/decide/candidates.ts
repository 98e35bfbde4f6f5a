/** The statements that can apply to a request, in file order: those without a guard, and those whose guard the request meets. */
import { AbstractString } from './abstract-string.js'
import type { ActionEntry } from './action-index.js'
import type { Evaluation } from './evaluation.js'
import type { OpenTable } from './open-table.js'
import { guardOf, packGuard } from './statement.js'

/** @param evaluations the request as written and, where it differs, under its real path: what either can meet is a candidate */
export function candidatesOf(policy: OpenTable, action: string, evaluations: readonly Evaluation[]): readonly number[] {
  const entry = policy.index.lookup(action)
  const { unguarded, literalFields, valueFields } = entry
  if (literalFields.length === 0 && valueFields.length === 0) return unguarded
  const met: number[] = []
  for (const evaluation of evaluations) {
    for (const field of valueFields) addByValue(policy, entry, evaluation, field, met)
    for (const field of literalFields) addByLiterals(policy, entry, evaluation, field, met)
  }
  if (met.length === 0) return unguarded
  const guarded = [...new Set(met)].filter(statement => policy.index.covers(statement, action))
  return [...unguarded, ...guarded].sort((a, b) => a - b)
}

/** No list or map equals a value of a guard; a text known only in part may turn out to be any of them. */
function addByValue({ table, values }: OpenTable, entry: ActionEntry, evaluation: Evaluation, field: number, met: number[]): void {
  const value = evaluation.value(field)
  if (value instanceof AbstractString) {
    const guard = packGuard('values', field)
    for (const statement of entry.all()) if (guardOf(table, statement) === guard) met.push(statement)
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    const list = values.find(field, value)
    if (list !== undefined) table.eachOfList(list, statement => met.push(statement))
  }
}

function addByLiterals({ table, literals }: OpenTable, entry: ActionEntry, evaluation: Evaluation, field: number, met: number[]): void {
  const symbols = evaluation.textSymbols(field)
  if (symbols === 'missing') return
  const guard = packGuard('literals', field)
  const add = (statement: number) => {
    if (guardOf(table, statement) === guard) met.push(statement)
  }
  if (symbols === 'no text') entry.all().forEach(add)
  else for (const list of literals.listsMet(symbols)) table.eachOfList(list, add)
}
