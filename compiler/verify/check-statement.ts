/** One statement of the table against the statement of the policy that it must be. */
import type { Effect } from '../../runtime/decide/result.js'
import { type TableStatement, Statements } from '../../runtime/decide/statement.js'
import { SECTION, STATEMENT_WORDS } from '../../runtime/decide/table.js'
import type { Condition, Policy, Statement } from '../ast.js'
import { hasWildcard } from '../parse/main-argument.js'
import type { PatternSource } from '../patterns/compile-pattern.js'
import { sourceLine } from '../source.js'
import { matchesSomething } from './automata.js'
import { checkTest } from './check-test.js'
import type { Claim, Findings } from './claims.js'
import { Effort, EffortSpent } from './effort.js'
import { haveEqualValues } from './formula-equality.js'
import { type FormulaTree, readFormula } from './formula-tree.js'

/** The statements in the order of the table, agsec's protection of itself first. */
export function expectedStatements({ policy, protection }: Claim): readonly Statement[] {
  return [...protection, ...policy.statements]
}

/** @returns the condition of each statement as the table evaluates it, for what else is proved of it; undefined where it has none */
export function checkStatements(claim: Claim, findings: Findings): readonly (FormulaTree | undefined)[] {
  const statements = new Statements(findings.table)
  return expectedStatements(claim).map((statement, index) => {
    const isProtection = index < claim.protection.length
    let formula: FormulaTree | undefined
    findings.reading(statement.span, `statement \`${statement.sid}\` of the table`, () => {
      const found = statements.get(index)
      compare(found, expectedOf(statement, isProtection, isProtection ? {} : claim.policy), statement, findings)
      checkActions(index, statement, findings)
      const written = readFormula(findings.table, found.written)
      checkWritten(written, statement.condition, statement, findings)
      formula = readFormula(findings.table, found.formula)
      checkEvaluated(formula, written, statement, findings)
    })
    return formula
  })
}

type ExpectedStatement = Omit<TableStatement, 'formula' | 'written' | 'condition' | 'tests'>

const VERBS: Readonly<Record<Effect, string>> = { allow: 'Allowed', deny: 'Denied', review: 'Review required' }

function expectedOf(statement: Statement, protection: boolean, settings: Pick<Policy, 'onPossible' | 'onUnknown'>): ExpectedStatement {
  const onPossible = statement.onPossible ?? settings.onPossible ?? 'review'
  return {
    effect: statement.effect,
    onPossible,
    onUnknown: statement.onUnknown ?? settings.onUnknown ?? onPossible,
    protection,
    sid: statement.sid,
    reason: statement.reason ?? `${VERBS[statement.effect]} by '${statement.sid}'`,
    guidance: statement.guidance,
    source: sourceLine(statement.span),
  }
}

/** What the parts of a statement are called in messages. */
const PARTS: Readonly<Record<keyof ExpectedStatement, string>> = {
  effect: 'the effect',
  onPossible: '`on_possible`',
  onUnknown: '`on_unknown`',
  protection: 'protection',
  sid: 'the sid',
  reason: 'the reason',
  guidance: 'the guidance',
  source: 'the place',
}

function compare(found: TableStatement, expected: ExpectedStatement, statement: Statement, findings: Findings): void {
  for (const [part, name] of Object.entries(PARTS)) {
    const [is, should] = [partOf(found, part), partOf(expected, part)]
    if (is !== should) findings.differs(statement.span, `in the table ${name} of \`${statement.sid}\` is \`${is}\`, expected \`${should}\``)
  }
}

function partOf(statement: ExpectedStatement, part: string): string {
  return String(Object.entries(statement).find(([key]) => key === part)?.[1])
}

/** The statement's own list of actions, which the index is held against: those that `not_actions` leaves something of. */
function checkActions(index: number, { actions, notActions, sid, span }: Statement, findings: Findings): void {
  const { table } = findings
  const except = notActions.map(({ glob }) => glob)
  const sourceOf = (glob: string): PatternSource => ({ kind: 'glob', source: glob, ...(except.length === 0 ? {} : { except }) })
  const left = actions.filter(({ glob }) => except.length === 0 || matchesSomething(sourceOf(glob), table))
  const entries = table.list(table.word(SECTION.statements, index * STATEMENT_WORDS + 6))
  if (entries.length !== 2 * left.length) findings.differs(span, `in the table \`${sid}\` has another number of actions`)
  left.forEach((action, i) => {
    const [kind, entry = 0] = entries.slice(2 * i, 2 * i + 2)
    if (hasWildcard(action.glob) && kind === 1) findings.mustMatch(entry, sourceOf(action.glob), { span: action.span, sid })
    else if (hasWildcard(action.glob) || kind !== 0 || table.text(entry) !== action.glob) {
      findings.differs(action.span, `in the table \`${sid}\` does not have the action \`${action.glob}\``)
    }
  })
}

/** As written: the same tree, test for test. */
function checkWritten(found: FormulaTree, expected: Condition, { sid, span }: Statement, findings: Findings): void {
  const differs = () => findings.differs(span, `in the table the condition of \`${sid}\` is put together in another way`)
  const each = (tree: FormulaTree, condition: Condition): void => {
    switch (condition.kind) {
      case 'test':
        return tree.kind === 'test' ? checkTest(tree.test, tree.words, condition, sid, findings) : differs()
      case 'not':
        return tree.kind === 'not' ? each(tree.of, condition.of) : differs()
      case 'all':
      case 'any': {
        // No conditions hold, however they are combined.
        const kind = condition.kind === 'any' && condition.of.length > 0 ? 'or' : 'and'
        if (tree.kind !== kind || tree.of.length !== condition.of.length) return differs()
        return tree.of.forEach((child, i) => each(child, condition.of[i] ?? condition))
      }
      default:
        return condition satisfies never
    }
  }
  each(found, expected)
}

/** As evaluated: the same value of the three, whatever the tests are. */
function checkEvaluated(found: FormulaTree, written: FormulaTree, { sid, span }: Statement, findings: Findings): void {
  const shown = testsOf(written)
  const isKnown = ({ test, words }: TestTree) => {
    const same = shown.filter(each => each.test === test)
    return (same.length > 0 ? same : shown).some(each => each.words === words)
  }
  if (!testsOf(found).every(isKnown)) findings.differs(span, `in the table the tests of \`${sid}\` are evaluated under other names`)
  try {
    if (!haveEqualValues(findings.table, found, written, new Effort())) {
      findings.differs(span, `in the table the condition of \`${sid}\` that is evaluated differs from the one that is written`)
    }
  } catch (thrown) {
    if (!(thrown instanceof EffortSpent)) throw thrown
    const message = `that the condition of \`${sid}\` is evaluated as written would take too many steps to prove`
    findings.diagnostics.push({ code: 'pattern-not-proved', severity: 'warning', message, span })
  }
}

type TestTree = Extract<FormulaTree, { readonly kind: 'test' }>

function testsOf(tree: FormulaTree): readonly TestTree[] {
  if (tree.kind === 'test') return [tree]
  if (tree.kind === 'not') return testsOf(tree.of)
  return tree.kind === 'unknown' ? [] : tree.of.flatMap(testsOf)
}
