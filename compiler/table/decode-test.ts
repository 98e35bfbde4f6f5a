import { named } from '../../runtime/decide/statement.js'
import { NETWORK_ENTRIES, type Network } from '../../runtime/decide/network.js'
import { NONE, OPERATOR, PATH_BASES, SECTION, type Table, TEST_WORDS } from '../../runtime/decide/table.js'
import type { Json } from '../ast.js'
import type { IrOperation, IrTest, PathAlternative, WantedElement } from '../ir/ir.js'
import { fieldName } from './decode-field.js'
import { groupsOf } from './groups.js'

const RELATIONS = ['<', '<=', '>', '>='] as const

/** @throws where the operator is none */
export function decodeTest(table: Table, index: number): IrTest {
  const word = (at: number) => table.word(SECTION.tests, TEST_WORDS * index + at)
  const packed = word(0)
  const operation = decodeOperation(table, packed, word(2), word(3))
  return { field: fieldName(table, word(1)), negated: (packed & 256) !== 0, operation }
}

function decodeOperation(table: Table, packed: number, a: number, b: number): IrOperation {
  const json = () => JSON.parse(table.text(a)) as Json // the compiler wrote JSON
  const pattern = b === NONE ? {} : { pattern: b }
  switch (packed & 255) {
    case OPERATOR.exists:
      return { kind: 'exists' }
    case OPERATOR.equals:
      return { kind: 'equals', value: json() }
    case OPERATOR.one_of:
      return { kind: 'one_of', values: json() as readonly Json[] } // of a list
    case OPERATOR.contains:
      return { kind: 'contains', value: json(), ...pattern }
    case OPERATOR.pattern:
      return { kind: 'pattern', pattern: a }
    case OPERATOR.order:
      return { kind: 'order', relation: named(RELATIONS, (packed >> 16) & 3), value: json() as number | string, ...pattern } // of either
    case OPERATOR.path:
      return { kind: 'path', alternatives: decodeAlternatives(table.list(a)) }
    case OPERATOR.host:
      return { kind: 'host', patterns: table.list(a).map(text => table.text(text)) }
    case OPERATOR.cidr:
      return { kind: 'cidr', networks: groupsOf(NETWORK_ENTRIES, table.list(a)).map(networkOf) }
    case OPERATOR.has:
      return { kind: 'has', all: b === 1, wanted: groupsOf(2, table.list(a)).map(pair => wantedOf(table, pair)) }
    default:
      throw new Error(`operator ${packed & 255} is none`)
  }
}

function decodeAlternatives(words: readonly number[]): readonly PathAlternative[] {
  return groupsOf(3, words).map(([base = NONE, pattern = NONE, folded = NONE]) => ({ base: named(PATH_BASES, base), pattern, folded }))
}

function networkOf([length = NONE, ...address]: readonly number[]): Network {
  return { length, address }
}

function wantedOf(table: Table, [kind, operand = NONE]: readonly number[]): WantedElement {
  return kind === 1 ? { kind: 'pattern', pattern: operand } : { kind: 'value', value: JSON.parse(table.text(operand)) as Json } // JSON
}
