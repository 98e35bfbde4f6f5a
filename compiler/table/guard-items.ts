import { valueHash } from '../../runtime/decide/value-index.js'
import type { Json } from '../ast.js'
import type { DecodedTable } from './decode.js'

/** What leads to each statement, as JSON: grams of its literals, and values. */
export function guardItems(decoded: DecodedTable): readonly (readonly string[])[] {
  const items: string[][] = decoded.statements.map(() => [])
  for (const { gram, statements } of decoded.grams) for (const statement of statements) items[statement]?.push(JSON.stringify(gram))
  const names = valueNames(decoded)
  for (const { hash, statements } of decoded.values)
    for (const statement of statements) items[statement]?.push(names.get(hash) ?? `#${hash.toString(16)}`)
  return items.map(each => each.sort())
}

/** The table holds hashes of fields and values: which value one is, the tests tell. */
function valueNames({ tests, statements }: DecodedTable): ReadonlyMap<number, string> {
  const fields = new Set(statements.flatMap(({ guard }) => (guard?.kind === 'values' ? [guard.field.id] : [])))
  const constants = tests.flatMap(({ operation }): readonly Json[] => {
    if (operation.kind === 'equals') return [operation.value]
    return operation.kind === 'one_of' ? operation.values : []
  })
  const names = new Map<number, string>()
  for (const value of new Set(constants)) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue
    for (const field of fields) names.set(valueHash(field, value), JSON.stringify(value))
  }
  return names
}
