/**
 * `index-literals`: for many statements the text of one field must hold one of a few literals, or the statement cannot apply.
 * The table finds the statements whose literals a text holds in one pass over it, however many statements there are.
 */
import { GRAM_LENGTH } from '../../runtime/decide/guard-index.js'
import { UNLIMITED_NODES } from '../../runtime/decide/run-circuit.js'
import type { Guard, Ir, IrPattern, IrStatement, IrTest } from '../ir/ir.js'
import { nodeCount } from '../patterns/circuit.js'
import { requiredLiterals } from '../patterns/required-literals.js'
import { type Need, neededBy } from './needed.js'
import type { Pass } from './pass.js'

export const indexLiterals: Pass = {
  name: 'index-literals',
  summary: 'statements are found by the literals that they need a text to hold',
  run: ir => {
    const crowds = crowdsOf(ir)
    return { ...ir, statements: ir.statements.map(statement => withGuard(statement, ir, crowds)) }
  },
}

/** More literals than this cost more to look for than the statement costs to decide. */
const MOST_LITERALS = 64

/** Where more statements than this share a value, as every statement about one agent does, the value tells little. */
const CROWD = 8

function withGuard(statement: IrStatement, ir: Ir, crowds: ReadonlyMap<string, number>): IrStatement {
  const { guard: old } = statement
  if (old?.kind === 'values' && old.values.every(value => (crowds.get(crowdKey(old.field, value)) ?? 0) <= CROWD)) return statement
  const needed = neededBy(statement.evaluated, ir, literalsOfOther(old?.field))
  if (needed === undefined) return statement
  const guard: Guard = { kind: 'literals', field: needed.field, literals: needed.items }
  return { ...statement, guard }
}

/** How many statements are found by each value. */
function crowdsOf(ir: Ir): ReadonlyMap<string, number> {
  const crowds = new Map<string, number>()
  for (const { guard } of ir.statements) {
    if (guard?.kind !== 'values') continue
    for (const value of guard.values) {
      const key = crowdKey(guard.field, value)
      crowds.set(key, (crowds.get(key) ?? 0) + 1)
    }
  }
  return crowds
}

function crowdKey(field: string, value: unknown): string {
  return JSON.stringify([field, value])
}

/** @param field that of the values that the statement is found by already: literals of the same field find it no better */
function literalsOfOther(field: string | undefined): Need<string> {
  return { ofTest: (test, ir) => (test.field === field ? undefined : literalsOf(test, ir)), isUsable, strength: weakest }
}

/** What a large circuit says of a long text is not known, with or without the literals. */
function answersWithin(pattern: IrPattern): boolean {
  return pattern.kind === 'automaton' || nodeCount(pattern.circuit) <= UNLIMITED_NODES
}

function literalsOf({ operation }: IrTest, ir: Ir): readonly string[] | undefined {
  switch (operation.kind) {
    case 'equals':
      return typeof operation.value === 'string' ? [operation.value] : undefined
    case 'one_of':
      return operation.values.every(value => typeof value === 'string') ? operation.values : undefined
    case 'pattern':
    case 'contains': {
      const pattern = operation.pattern === undefined ? undefined : ir.patterns[operation.pattern]
      return pattern && answersWithin(pattern) ? requiredLiterals(pattern.source) : undefined
    }
    // A path is normalised and a host decoded before it is compared: what the text holds tells nothing. A list has no text.
    case 'exists':
    case 'order':
    case 'path':
    case 'host':
    case 'cidr':
    case 'has':
      return undefined
    default:
      return operation satisfies never
  }
}

/** Literals that the index can look for: not empty, plain ASCII. */
function isUsable(literals: readonly string[]): boolean {
  return literals.length <= MOST_LITERALS && literals.every(isIndexable)
}

function isIndexable(literal: string): boolean {
  if (literal === '') return false
  for (let i = 0; i < literal.length; i++) if (literal.charCodeAt(i) >= 127) return false
  return true
}

/** The literals that are least often met: those of which the shortest is longest. */
function weakest(literals: readonly string[]): number {
  return Math.min(...literals.map(literal => Math.min(literal.length, 2 * GRAM_LENGTH))) - literals.length / MOST_LITERALS
}
