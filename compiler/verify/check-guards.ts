/**
 * The guards: a statement behind one is looked at only where a field holds a text with certain literals in it, or one of
 * certain values. So it has to be proved that its condition is false wherever it is not looked at.
 */
import { furtherSets, guardOf } from '../../runtime/decide/statement.js'
import { GUARD, NONE, OPERATOR, SECTION, type Table, TEST_WORDS } from '../../runtime/decide/table.js'
import { ValueIndex } from '../../runtime/decide/value-index.js'
import type { Statement } from '../ast.js'
import type { Findings } from './claims.js'
import { Effort, EffortSpent } from './effort.js'
import type { FormulaTree } from './formula-tree.js'
import { GuardProof } from './guard-proof.js'

/** @returns how many guards are proved */
export function checkGuards(statements: readonly Statement[], formulas: readonly (FormulaTree | undefined)[], findings: Findings): number {
  const { table, whole } = findings
  let proved = 0
  findings.reading(whole, 'the guards', () => {
    const sources = new Map([...findings.patterns.values()].map(({ automaton, source }) => [automaton, source]))
    const proof = new GuardProof(table, sources)
    const lookedUp = literalsOfStatements(table)
    statements.forEach((statement, index) => {
      const formula = formulas[index]
      const guard = guardOf(table, index)
      if (guard === NONE || formula === undefined || isNever(formula)) return
      const sets = (guard & 1) === GUARD.literals ? [lookedUp.get(index) ?? [], ...setsOf(table, furtherSets(table, index))] : undefined
      findings.reading(statement.span, `the guard of \`${statement.sid}\``, () => {
        if (checkGuard(statement, { formula, index, field: guard >> 1, sets }, proof, findings)) proved++
      })
    })
  })
  return proved
}

interface Guard {
  readonly formula: FormulaTree
  readonly index: number
  readonly field: number
  /** Of each of which a literal must be found; undefined for a guard of values. */
  readonly sets: readonly (readonly number[])[] | undefined
}

/** By statement, the literals that it is looked up by. */
function literalsOfStatements(table: Table): ReadonlyMap<number, readonly number[]> {
  const literals = new Map<number, number[]>()
  for (let literal = 0; literal < table.count(SECTION.literals); literal++) {
    const list = table.word(SECTION.literals, literal)
    for (const statement of list === NONE ? [] : table.list(list)) literals.set(statement, [...(literals.get(statement) ?? []), literal])
  }
  return literals
}

/** @param list the offset of [n, (size, literal…)…], or NONE */
function setsOf(table: Table, list: number): readonly (readonly number[])[] {
  const entries = list === NONE ? [] : table.list(list)
  const sets: (readonly number[])[] = []
  for (let at = 0; at < entries.length; at += 1 + (entries[at] ?? 0)) sets.push(entries.slice(at + 1, at + 1 + (entries[at] ?? 0)))
  return sets
}

function checkGuard({ sid, span }: Statement, guard: Guard, proof: GuardProof, findings: Findings): boolean {
  const { formula, index, field, sets } = guard
  try {
    if (!isFalse(formula, test => falseIfMissing(findings.table, test, field))) {
      findings.differs(span, `the table does not find \`${sid}\` where the field of its guard is missing`)
      return false
    }
    if (sets === undefined) {
      const found = isFalse(formula, test => falseUnlessFound(findings.table, test, field, index))
      if (!found) findings.differs(span, `the table does not find \`${sid}\` for every value that it is about`)
      return found
    }
    return sets.every(literals => checkSet(literals, guard, { sid, span }, proof, findings))
  } catch (thrown) {
    if (!(thrown instanceof EffortSpent)) throw thrown
    const message = `it is not proved that the table always finds \`${sid}\`: that would take too many steps`
    findings.diagnostics.push({ code: 'pattern-not-proved', severity: 'warning', message, span })
    return false
  }
}

function checkSet(
  literals: readonly number[],
  { formula, field }: Guard,
  { sid, span }: Pick<Statement, 'sid' | 'span'>,
  proof: GuardProof,
  findings: Findings,
): boolean {
  const witnesses: string[] = []
  const effort = new Effort()
  const found = isFalse(formula, test => {
    const escape = proof.textWithout(test, field, literals, effort)
    if (escape !== 'none' && escape.witness !== undefined) witnesses.push(escape.witness)
    return escape === 'none'
  })
  if (!found) findings.differs(span, `the table does not find \`${sid}\` for every text that it is about${example(witnesses)}`)
  return found
}

/** A value that a test of the field asks for leads to the statement; any other value makes the test false, as lists and maps do. */
function falseUnlessFound(table: Table, test: number, field: number, statement: number): boolean {
  const word = (i: number) => table.word(SECTION.tests, test * TEST_WORDS + i)
  const operator = word(0) & 255
  if (word(1) !== field) return false
  if ((word(0) & 256) !== 0) return operator === OPERATOR.exists
  if (operator !== OPERATOR.equals && operator !== OPERATOR.one_of) return false
  const constant = JSON.parse(table.text(word(2))) as unknown
  const listed: readonly unknown[] = operator === OPERATOR.one_of && Array.isArray(constant) ? constant : [constant]
  return listed.every(value => value === null || leadsTo(table, value, field, statement))
}

function leadsTo(table: Table, value: unknown, field: number, statement: number): boolean {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false
  if (!valueSearchEnds(table)) throw new Error('a search for a value would not end')
  const list = new ValueIndex(table).find(field, value)
  return list !== undefined && table.list(list).includes(statement)
}

function valueSearchEnds(table: Table): boolean {
  const slots = table.count(SECTION.values)
  if (slots === 0 || (slots & (slots - 1)) !== 0) return false
  for (let slot = 0; slot < slots; slot++) if (table.word(SECTION.values, 2 * slot + 1) === 0) return true
  return false
}

/** Whether the condition is false whatever its tests are. */
export function isNever(formula: FormulaTree | undefined): boolean {
  return formula !== undefined && isFalse(formula, () => false)
}

function example(witnesses: readonly string[]): string {
  const [shortest] = [...witnesses].sort((a, b) => a.length - b.length)
  return shortest === undefined ? '' : `: not for ${JSON.stringify(shortest)}`
}

/** Whether the formula is false for all values of the tests that are not known to be false. */
function isFalse(formula: FormulaTree, isFalseTest: (test: number) => boolean): boolean {
  return possible(formula, isFalseTest) === FALSE_ONLY
}

/** Sets of values as bits: false, unknown, true. */
const FALSE_ONLY = 1
const TRUE_ONLY = 4
const ANY = 7

function possible(formula: FormulaTree, isFalseTest: (test: number) => boolean): number {
  switch (formula.kind) {
    case 'test':
      return isFalseTest(formula.test) ? FALSE_ONLY : ANY
    case 'not':
      return negated(possible(formula.of, isFalseTest))
    case 'and':
      return formula.of.reduce((values, part) => combined(values, possible(part, isFalseTest), Math.min), TRUE_ONLY)
    case 'or':
      return formula.of.reduce((values, part) => combined(values, possible(part, isFalseTest), Math.max), FALSE_ONLY)
    case 'unknown':
      return 2
    default:
      return formula satisfies never
  }
}

function negated(values: number): number {
  return ((values & 1) << 2) | (values & 2) | (values >> 2)
}

/** And is the smaller value, or the larger one. */
function combined(a: number, b: number, choose: (x: number, y: number) => number): number {
  let values = 0
  for (let x = 0; x < 3; x++) for (let y = 0; y < 3; y++) if ((a >> x) & (b >> y) & 1) values |= 1 << choose(x, y)
  return values
}

/** Over a missing field every operator is false but that it is missing. */
function falseIfMissing(table: Table, test: number, field: number): boolean {
  const word = table.word(SECTION.tests, test * TEST_WORDS)
  const isNotExists = (word & 255) === OPERATOR.exists && (word & 256) !== 0
  return table.word(SECTION.tests, test * TEST_WORDS + 1) === field && !isNotExists
}
