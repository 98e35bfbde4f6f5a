import { valueHash } from '../../runtime/decide/value-index.js'
import type { Json } from '../ast.js'
import type { DecodedTable } from './decode.js'
import { literalNames } from './literal-names.js'

/** What finds each statement, as JSON: one item of each list has to be met. */
export function guardItems(decoded: DecodedTable): readonly (readonly (readonly string[])[])[] {
  const firstItems: string[][] = decoded.statements.map(() => [])
  const [literals, values] = [literalNames(decoded), valueNames(decoded)]
  const nameOf = (literal: number) => literals.get(literal) ?? `#${literal}`
  decoded.literals.forEach((statements, literal) => {
    for (const statement of statements) firstItems[statement]?.push(nameOf(literal))
  })
  for (const { hash, statements } of decoded.values)
    for (const statement of statements) firstItems[statement]?.push(values.get(hash) ?? `#${hash.toString(16)}`)
  return decoded.statements.map(({ guard }, statement) => {
    const further = guard?.furtherSets.map(set => set.map(nameOf).sort()) ?? []
    return [(firstItems[statement] ?? []).sort(), ...further]
  })
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
    for (const field of fields) names.set(valueHash(field, String(value)), JSON.stringify(value))
  }
  return names
}
