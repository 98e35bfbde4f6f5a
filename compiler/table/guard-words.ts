/** The guards of all statements as the table holds them: per statement what it looks up, and the statements by value. */
import { packGuard } from '../../runtime/decide/statement.js'
import { GUARD, NONE } from '../../runtime/decide/table.js'
import { valueHash } from '../../runtime/decide/value-index.js'
import type { Guard, Ir } from '../ir/ir.js'
import { slotsFor } from './slots.js'
import type { ListPool } from './writer.js'

export interface GuardWords {
  /** Per statement: its guard in one word; NONE where it has none. */
  readonly statements: readonly number[]
  readonly values: readonly number[]
  /** The length of the longest text among the values, in UTF-16 units. */
  readonly longestValue: number
}

type Guards = readonly (Guard | undefined)[]

export function guardWords(ir: Ir, fieldId: (field: string) => number, lists: ListPool): GuardWords {
  const guards = ir.statements.map(statement => statement.guard)
  return {
    statements: guards.map(guard => (guard === undefined ? NONE : packGuard(GUARD[guard.kind], fieldId(guard.field)))),
    values: valueTable(statementsByValue(guards, fieldId), lists),
    longestValue: guards.flatMap(valuesOf).reduce<number>((longest, value) => Math.max(longest, String(value).length), 0),
  }
}

function valuesOf(guard: Guard | undefined) {
  return guard?.kind === 'values' ? guard.values : []
}

function statementsByValue(guards: Guards, fieldId: (field: string) => number): ReadonlyMap<number, readonly number[]> {
  const byValue = new Map<number, number[]>()
  guards.forEach((guard, statement) => {
    for (const hash of new Set(valuesOf(guard).map(value => valueHash(fieldId(guard?.field ?? ''), String(value)))))
      push(byValue, hash, statement)
  })
  return byValue
}

function push<Key>(lists: Map<Key, number[]>, key: Key, entry: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [entry])
  else list.push(entry)
}

function valueTable(byValue: ReadonlyMap<number, readonly number[]>, lists: ListPool): readonly number[] {
  const slots = slotsFor(byValue.size)
  const table = new Array<number>(2 * slots).fill(0)
  for (const [hash, statements] of byValue) {
    let slot = hash & (slots - 1)
    while (table[2 * slot + 1] !== 0) slot = (slot + 1) & (slots - 1)
    table[2 * slot] = hash
    table[2 * slot + 1] = lists.add(statements) + 1
  }
  return table
}
