/** A statement that the schema accepts → the statement of the policy. */
import type { ActionGlob, Condition, Dialect, Statement } from '../ast.js'
import type { Diagnostic } from '../diagnostic.js'
import { itemsOf, type Located, textAt, textOf, valueAt } from './located.js'
import { readCondition } from './read-condition.js'
import { effectAt, outcomeAt } from './read-settings.js'
import { readTests } from './read-tests.js'

export interface ReadStatement {
  readonly statement: Statement
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * @param generatedSid the name of a statement that has none of its own
 * @param when the condition of its expression, if it has one
 */
export function readStatement(located: Located, generatedSid: string, dialect: Dialect, when: Condition | undefined): ReadStatement {
  const actions = readActions(located)
  const { tests, diagnostics } = readTests(located, actions)
  const statement = {
    sid: textAt(located, 'sid') ?? generatedSid,
    // Fail closed, though the schema accepts no statement without an effect.
    effect: effectAt(located, 'effect') ?? 'deny',
    actions,
    notActions: [],
    condition: both(readCondition(located, dialect), when),
    ...readTexts(located),
    ...readOutcomes(located),
    tests,
    span: located.span,
  }
  return { statement, diagnostics }
}

/** One list of what must hold, so that later phases need not look for it in two places. */
function both(conditions: Condition, when: Condition | undefined): Condition {
  return when === undefined ? conditions : { kind: 'all', of: [...conjuncts(conditions), ...conjuncts(when)] }
}

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'all' ? condition.of : [condition]
}

function readActions(statement: Located): readonly ActionGlob[] {
  const actions = valueAt(statement, 'actions')
  if (actions === undefined) return [{ glob: '*', span: statement.span }]
  const items = actions.kind === 'list' ? itemsOf(actions) : [actions]
  return items.map(item => ({ glob: textOf(item) ?? '', span: item.span }))
}

function readTexts(statement: Located): Pick<Statement, 'reason' | 'guidance'> {
  const reason = textAt(statement, 'reason')
  const guidance = textAt(statement, 'guidance')
  return { ...(reason === undefined ? {} : { reason }), ...(guidance === undefined ? {} : { guidance }) }
}

function readOutcomes(statement: Located): Pick<Statement, 'onPossible' | 'onUnknown'> {
  const onPossible = outcomeAt(statement, 'on_possible')
  const onUnknown = outcomeAt(statement, 'on_unknown')
  return { ...(onPossible === undefined ? {} : { onPossible }), ...(onUnknown === undefined ? {} : { onUnknown }) }
}
