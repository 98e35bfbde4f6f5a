/**
 * The guards: a statement behind one is looked at only where the text of a field holds one of its grams, or the field holds
 * no text. So it has to be proved that its condition is false over a missing field, and over every text without the grams.
 */
import { guardFieldOf } from '../../runtime/decide/statement.js'
import { NONE, OPERATOR, SECTION, type Table, TEST_WORDS } from '../../runtime/decide/table.js'
import type { Statement } from '../ast.js'
import type { Findings } from './claims.js'
import { Effort, EffortSpent } from './effort.js'
import type { FormulaTree } from './formula-tree.js'
import { gramsOfStatements } from './grams.js'
import { GuardProof } from './guard-proof.js'

/** @returns how many guards are proved */
export function checkGuards(statements: readonly Statement[], formulas: readonly (FormulaTree | undefined)[], findings: Findings): number {
  let proved = 0
  findings.reading(findings.whole, 'the guards', () => {
    const proof = new GuardProof(findings.table, new Effort())
    const grams = gramsOfStatements(findings.table)
    statements.forEach((statement, index) => {
      const formula = formulas[index]
      const field = guardFieldOf(findings.table, index)
      if (field === NONE || formula === undefined) return
      if (checkGuard(statement, { formula, field, grams: grams.get(index) ?? [] }, proof, findings)) proved++
    })
  })
  return proved
}

interface Guard {
  readonly formula: FormulaTree
  readonly field: number
  readonly grams: readonly string[]
}

function checkGuard({ sid, span }: Statement, { formula, field, grams }: Guard, proof: GuardProof, findings: Findings): boolean {
  try {
    if (!isFalse(formula, test => falseIfMissing(findings.table, test, field))) {
      findings.differs(span, `the table does not find \`${sid}\` where the field of its guard is missing`)
      return false
    }
    const witnesses: string[] = []
    const found = isFalse(formula, test => {
      const escape = proof.textWithoutGrams(test, field, grams)
      if (escape !== 'none' && escape.witness !== undefined) witnesses.push(escape.witness)
      return escape === 'none'
    })
    if (!found) findings.differs(span, `the table does not find \`${sid}\` for every text that it is about${example(witnesses)}`)
    return found
  } catch (thrown) {
    if (!(thrown instanceof EffortSpent)) throw thrown
    findings.differs(span, `that the table always finds \`${sid}\` would take too many steps to prove`)
    return false
  }
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
