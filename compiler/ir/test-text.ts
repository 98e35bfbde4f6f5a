import type { Network } from '../../runtime/decide/network.js'
import type { IrOperation, IrTest } from './ir.js'

/** The longest value that is shown of a test, in UTF-16 units. */
const SHOWN_VALUE = 80

/** What a test is, whatever words a policy has for it. */
export function testText({ field, negated, operation }: IrTest): string {
  const values = operandValues(operation)
    .map(value => JSON.stringify(value))
    .join(' ')
  const shown = values.length > SHOWN_VALUE ? `${values.slice(0, SHOWN_VALUE)}…` : values
  return `${negated ? 'not ' : ''}${field} ${operation.kind}${shown === '' ? '' : ` ${shown}`}${operands(operation)}`
}

/** What a test compares with. */
function operandValues(operation: IrOperation): readonly unknown[] {
  switch (operation.kind) {
    case 'equals':
    case 'contains':
      return [operation.value]
    case 'one_of':
      return [operation.values]
    case 'order':
      return [operation.relation, operation.value]
    case 'host':
      return [operation.patterns]
    case 'has':
      return [operation.all ? 'all' : 'any', ...operation.wanted.flatMap(one => (one.kind === 'value' ? [one.value] : []))]
    case 'exists':
    case 'pattern':
    case 'path':
    case 'cidr':
      return []
    default:
      return operation satisfies never
  }
}

/** The patterns that a test runs. */
function operands(operation: IrOperation): string {
  switch (operation.kind) {
    case 'path':
      return ` [${operation.alternatives.map(({ base, pattern, folded }) => `${base} p${pattern}/p${folded}`).join(', ')}]`
    case 'pattern':
    case 'contains':
    case 'order':
      return operation.pattern === undefined ? '' : ` [p${operation.pattern}]`
    case 'has': {
      const patterns = operation.wanted.flatMap(one => (one.kind === 'pattern' ? [`p${one.pattern}`] : []))
      return patterns.length === 0 ? '' : ` [${patterns.join(', ')}]`
    }
    case 'cidr':
      return ` [${operation.networks.map(networkText).join(', ')}]`
    case 'exists':
    case 'equals':
    case 'one_of':
    case 'host':
      return ''
    default:
      return operation satisfies never
  }
}

/** The eight groups in full, then the length of the prefix. */
function networkText({ address, length }: Network): string {
  return `${address.map(group => group.toString(16)).join(':')}/${length}`
}
