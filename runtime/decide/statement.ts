/** The statements of a table, unpacked. */
import { type Formula, formulaTests, readFormula } from './formula.js'
import type { Effect, PossibleOutcome } from './result.js'
import { EFFECTS, NONE, POSSIBLE_OUTCOMES, SECTION, STATEMENT_WORDS, type Table, unmade } from './table.js'

export interface TableStatement {
  readonly effect: Effect
  readonly onPossible: PossibleOutcome
  readonly onUnknown: PossibleOutcome
  /** Part of agsec's built-in protection of itself: enforces in every mode. */
  readonly protection: boolean
  /** The condition as evaluated, and as written. */
  readonly formula: number
  readonly written: number
  /** The condition as evaluated, and the tests of it as written, once they have been read. */
  condition: Formula | undefined
  tests: readonly Formula[] | undefined
  readonly sid: string
  /** As written, or in words that name the statement. */
  readonly reason: string
  readonly guidance: string | undefined
  readonly source: string
}

/** Effects, outcomes and the protection flag in one word. */
export function packEffects(effect: Effect, onPossible: PossibleOutcome, onUnknown: PossibleOutcome, protection: boolean): number {
  return (
    EFFECTS.indexOf(effect) |
    (POSSIBLE_OUTCOMES.indexOf(onPossible) << 2) |
    (POSSIBLE_OUTCOMES.indexOf(onUnknown) << 4) |
    (protection ? 64 : 0)
  )
}

/** A guard in one word: what it looks up (of `GUARD`), and of which field. */
export function packGuard(kind: number, field: number): number {
  return kind | (field << 1)
}

/** The statement's guard in one word; NONE where it has none. */
export function guardOf(table: Table, statement: number): number {
  return table.word(SECTION.statements, statement * STATEMENT_WORDS + 7)
}

/** The sets of literals that the guard asks for besides the one that it is looked up by: a list, or NONE. */
export function furtherSets(table: Table, statement: number): number {
  return table.word(SECTION.statements, statement * STATEMENT_WORDS + 9)
}

const VERBS: Readonly<Record<Effect, string>> = { allow: 'Allowed', deny: 'Denied', review: 'Review required' }

/** The statements, each unpacked when first asked for. */
export class Statements {
  private readonly known: (TableStatement | undefined)[]

  constructor(private readonly table: Table) {
    this.known = unmade(table.count(SECTION.statements))
  }

  get(index: number): TableStatement {
    return (this.known[index] ??= readStatement(this.table, index))
  }
}

function readStatement(table: Table, statement: number): TableStatement {
  const bits = packed(table, statement)
  const word = (index: number) => table.word(SECTION.statements, statement * STATEMENT_WORDS + index)
  const text = (index: number) => (word(index) === NONE ? undefined : table.text(word(index)))
  const effect = named(EFFECTS, bits & 3)
  const sid = table.text(word(2))
  return {
    effect,
    onPossible: named(POSSIBLE_OUTCOMES, (bits >> 2) & 3),
    onUnknown: named(POSSIBLE_OUTCOMES, (bits >> 4) & 3),
    protection: (bits & 64) !== 0,
    formula: word(1),
    written: word(8),
    condition: undefined,
    tests: undefined,
    sid,
    reason: text(3) ?? `${VERBS[effect]} by '${sid}'`,
    guidance: text(4),
    source: table.text(word(5)),
  }
}

/** The condition as evaluated. */
export function conditionOf(table: Table, statement: TableStatement): Formula {
  return (statement.condition ??= readFormula(table, statement.formula))
}

/** The tests of the condition as written. */
export function testsOf(table: Table, statement: TableStatement): readonly Formula[] {
  return (statement.tests ??= formulaTests(readFormula(table, statement.written)))
}

function packed(table: Table, statement: number): number {
  return table.word(SECTION.statements, statement * STATEMENT_WORDS)
}

export function named<T>(names: readonly T[], index: number): T {
  const name = names[index]
  if (name === undefined) throw new Error('the decision table is damaged')
  return name
}
