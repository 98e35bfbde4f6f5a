/** The patterns that operations run. */
import type { IrOperation, PatternId } from '../ir/ir.js'

export function operationPatterns(operation: IrOperation): readonly PatternId[] {
  const found: PatternId[] = []
  mapOperationPatterns(operation, pattern => {
    found.push(pattern)
    return pattern
  })
  return found
}

export function mapOperationPatterns(operation: IrOperation, replace: (pattern: PatternId) => PatternId): IrOperation {
  switch (operation.kind) {
    case 'pattern':
      return { ...operation, pattern: replace(operation.pattern) }
    case 'contains':
    case 'order':
      return operation.pattern === undefined ? operation : { ...operation, pattern: replace(operation.pattern) }
    case 'path':
      return {
        kind: 'path',
        alternatives: operation.alternatives.map(({ base, pattern, folded }) => ({
          base,
          pattern: replace(pattern),
          folded: replace(folded),
        })),
      }
    case 'has':
      return {
        ...operation,
        wanted: operation.wanted.map(one => (one.kind === 'pattern' ? { kind: 'pattern', pattern: replace(one.pattern) } : one)),
      }
    case 'exists':
    case 'equals':
    case 'one_of':
    case 'host':
    case 'cidr':
      return operation
    default:
      return operation satisfies never
  }
}
