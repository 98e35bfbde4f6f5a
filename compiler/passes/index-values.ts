/** `index-values`: a statement that needs a field to be `==` or `in` given values is found by one look-up of the field's value. */
import type { Json } from '../ast.js'
import type { Guard, Ir, IrStatement, IrTest, Scalar } from '../ir/ir.js'
import { type Need, needsOf, strongest } from './needed.js'
import type { Pass } from './pass.js'

export const indexValues: Pass = {
  name: 'index-values',
  summary: 'statements are found by the exact values that they need',
  run: ir => ({ ...ir, statements: ir.statements.map(statement => withGuard(statement, ir)) }),
}

const VALUES: Need<Scalar> = { ofTest: valuesOf, isUsable: () => true, strength: values => -values.length }

function withGuard(statement: IrStatement, ir: Ir): IrStatement {
  const needed = strongest(needsOf(statement.evaluated, ir, VALUES), VALUES)
  if (needed === undefined) return statement
  const guard: Guard = { kind: 'values', field: needed.field, values: needed.items }
  return { ...statement, guard }
}

function valuesOf({ operation }: IrTest): readonly (readonly Scalar[])[] {
  switch (operation.kind) {
    case 'equals':
      return scalars([operation.value])
    case 'one_of':
      return scalars(operation.values)
    case 'exists':
    case 'contains':
    case 'pattern':
    case 'order':
    case 'path':
    case 'host':
    case 'cidr':
    case 'has':
      return []
    default:
      return operation satisfies never
  }
}

/** The values, if a field that holds one of them is found by it: what JSON cannot say is null in the table, and equals nothing. */
function scalars(values: readonly Json[]): readonly (readonly Scalar[])[] {
  return values.every(isScalar) ? [values] : []
}

function isScalar(value: Json): value is Scalar {
  return typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
}
