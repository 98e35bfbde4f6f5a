/**
 * `index-literals`: for many statements the text of one field must hold one of a few literals, or the statement cannot apply.
 * The table finds the statements whose literals a text holds in one pass over it, however many statements there are.
 */
import { UNLIMITED_NODES } from '../../runtime/decide/run-circuit.js'
import type { Guard, Ir, IrPattern, IrStatement, IrTest } from '../ir/ir.js'
import { nodeCount } from '../patterns/circuit.js'
import { readLiteral, writeLiteral } from '../patterns/literal.js'
import { type LiteralSet, requiredLiterals } from '../patterns/required-literals.js'
import { type Need, type Needed, needsOf } from './needed.js'
import type { Pass } from './pass.js'

export const indexLiterals: Pass = {
  name: 'index-literals',
  summary: 'statements are found by the literals that they need a text to hold',
  run: ir => {
    const crowds = crowdsOf(ir)
    const whole = ir.statements.map(statement => (isFound(statement, crowds) ? [] : literalNeeds(statement, ir)))
    const needs = withShortLiterals(whole)
    const uses = usesOf(needs)
    return { ...ir, statements: ir.statements.map((statement, at) => withGuard(statement, needs[at] ?? [], uses)) }
  },
}

/** More literals than this cost more to look for than the statement costs to decide. */
const MOST_LITERALS = 64

/** What a literal holds beyond so many characters rules out next to nothing more. */
const LITERAL_LENGTH = 8

/** Sets beyond the first that a guard asks for, each of which costs a look at what was found. */
const MORE_SETS = 3

/** Where more statements than this share a value, as every statement about one agent does, the value tells little. */
const CROWD = 8

/** Whether the statement is found by values that few others share. */
function isFound({ guard }: IrStatement, crowds: ReadonlyMap<string, number>): boolean {
  return guard?.kind === 'values' && guard.values.every(value => (crowds.get(keyOf(guard.field, value)) ?? 0) <= CROWD)
}

/** How many statements are found by each value. */
function crowdsOf(ir: Ir): ReadonlyMap<string, number> {
  const crowds = new Map<string, number>()
  for (const { guard } of ir.statements) {
    if (guard?.kind === 'values') for (const value of guard.values) count(crowds, keyOf(guard.field, value))
  }
  return crowds
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function keyOf(field: string, value: unknown): string {
  return JSON.stringify([field, value])
}

const LITERALS: Need<string> = { ofTest: ({ operation }, ir) => literalsOf(operation, ir), isUsable, strength: rarity }

/** Literals of a field by whose values the statement is found already find it no better. */
function literalNeeds({ evaluated, guard }: IrStatement, ir: Ir): readonly Needed<string>[] {
  return needsOf(evaluated, ir, LITERALS).filter(({ field }) => field !== guard?.field)
}

/** What a large circuit says of a long text is not known, with or without the literals, and so is what backtracking finds there. */
function answersWithin(pattern: IrPattern): boolean {
  return pattern.kind === 'automaton' || (pattern.kind === 'circuit' && nodeCount(pattern.circuit) <= UNLIMITED_NODES)
}

function literalKey(field: string, literal: string): string {
  return `${field}\0${literal}`
}

/** Of a long literal the part that the fewest statements share: many URLs begin alike. */
function withShortLiterals(needs: readonly (readonly Needed<string>[])[]): readonly (readonly Needed<string>[])[] {
  const inParts = needs.map(ofStatement => ofStatement.map(({ field, items }) => ({ field, items: items.flatMap(partsOf) })))
  const uses = usesOf(inParts)
  const rarest = (field: string, literal: string) =>
    partsOf(literal).reduce((a, b) => ((uses.get(literalKey(field, b)) ?? 0) < (uses.get(literalKey(field, a)) ?? 0) ? b : a))
  return needs.map(ofStatement =>
    ofStatement.map(({ field, items }) => ({ field, items: [...new Set(items.map(item => rarest(field, item)))] })),
  )
}

function partsOf(literal: string): readonly string[] {
  const { text, before, after } = readLiteral(literal)
  const last = text.length - LITERAL_LENGTH
  if (last <= 0) return [literal]
  return Array.from({ length: last + 1 }, (_, at) =>
    writeLiteral({ text: text.slice(at, at + LITERAL_LENGTH), before: before && at === 0, after: after && at === last }),
  )
}

/** How many statements ask for each literal. */
function usesOf(needs: readonly (readonly Needed<string>[])[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  for (const ofStatement of needs) {
    for (const key of new Set(ofStatement.flatMap(({ field, items }) => items.map(item => literalKey(field, item))))) count(uses, key)
  }
  return uses
}

/** It is looked up by the set that is met least often, as far as the policy tells; the rarest of the others are asked for besides. */
function withGuard(statement: IrStatement, needs: readonly Needed<string>[], uses: ReadonlyMap<string, number>): IrStatement {
  const cost = ({ field, items }: Needed<string>) =>
    items.reduce((sum, item) => sum + (uses.get(literalKey(field, item)) ?? 0) * commonness(item), 0)
  const [first, ...others] = needs.map(needed => ({ needed, cost: cost(needed) })).sort((a, b) => a.cost - b.cost)
  if (first === undefined) return statement
  const { field } = first.needed
  const more = others.filter(({ needed }) => needed.field === field && needed.items.every(isTelling)).slice(0, MORE_SETS)
  const sets = [first.needed.items.map(withEdges), ...more.map(({ needed }) => needed.items.map(withoutEdges))]
  const guard: Guard = { kind: 'literals', field, sets: sets.map(withoutLonger) }
  return { ...statement, guard }
}

/** Short words are parts of many others, and a statement that is looked at in vain costs more than a look at what stands beside one. */
const SHORT_WORD = 3

function withEdges(literal: string): string {
  return readLiteral(literal).text.length <= SHORT_WORD ? literal : withoutEdges(literal)
}

/** Where one that holds another is found, so is the other. */
function withoutLonger(literals: readonly string[]): readonly string[] {
  const distinct = [...new Set(literals)]
  return distinct.filter(literal => !distinct.some(other => other !== literal && literal.includes(other)))
}

function withoutEdges(literal: string): string {
  return readLiteral(literal).text
}

/** Characters that nearly every text has, and options of one letter: each time they are found costs more than they rule out. */
const EVERYWHERE = /^([\w\s./:=,"'|&-]|-[a-z])$/

function isTelling(literal: string): boolean {
  return !EVERYWHERE.test(readLiteral(literal).text)
}

/** How much more often than a word a literal of that length is met by chance. */
function commonness(literal: string): number {
  return [0, 64, 8, 2][readLiteral(literal).text.length] ?? 1
}

function literalsOf(operation: IrTest['operation'], ir: Ir): readonly LiteralSet[] {
  switch (operation.kind) {
    case 'equals':
      return typeof operation.value === 'string' ? [[operation.value]] : []
    case 'one_of':
      return operation.values.every(value => typeof value === 'string') ? [operation.values] : []
    case 'pattern':
    case 'contains': {
      const pattern = operation.pattern === undefined ? undefined : ir.patterns[operation.pattern]
      return pattern !== undefined && answersWithin(pattern) ? requiredLiterals(pattern.source) : []
    }
    // A path is normalised and a host decoded before it is compared: what the text holds tells nothing. A list has no text.
    case 'exists':
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

/** Literals that the index can look for: not empty, plain ASCII. */
function isUsable(literals: readonly string[]): boolean {
  return literals.length <= MOST_LITERALS && literals.every(isIndexable)
}

function isIndexable(literal: string): boolean {
  const { text } = readLiteral(literal)
  if (text === '') return false
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 127) return false
  return true
}

/** Of the literals of alternatives, before it is known who else asks for them: those of which the shortest is longest. */
function rarity(literals: readonly string[]): number {
  return Math.min(...literals.map(literal => readLiteral(literal).text.length)) - literals.length / MOST_LITERALS
}
