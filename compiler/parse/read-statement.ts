/** A statement that the schema accepts → the statement of the policy. */
import type { ActionGlob, Condition, Dialect, Statement } from '../ast.js'
import type { Diagnostic } from '../diagnostic.js'
import { type Entry, entriesOf, itemsOf, type Located, textAt, textOf, valueAt } from './located.js'
import { readAgents, readConditions } from './read-condition.js'
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
  const actions = valueAt(located, 'actions') === undefined ? [{ glob: '*', span: located.span }] : readActions(located, 'actions')
  const { tests, diagnostics } = readTests(located, actions)
  const statement = {
    sid: textAt(located, 'sid') ?? generatedSid,
    // Fail closed, though the schema accepts no statement without an effect.
    effect: effectAt(located, 'effect') ?? 'deny',
    actions,
    notActions: readActions(located, 'not_actions'),
    condition: readCondition(located, dialect, when),
    ...readTexts(located),
    ...readOutcomes(located),
    ...(textAt(located, 'backtracking') === 'allowed' ? { backtracking: true as const } : {}),
    tests,
    span: located.span,
  }
  return { statement, diagnostics }
}

/** Everything that must hold, in the order written: in one list, so that later phases need not look for it in several places. */
function readCondition(statement: Located, dialect: Dialect, when: Condition | undefined): Condition {
  const parts = entriesOf(statement).flatMap(entry => partOf(entry, statement, dialect, when))
  const [first] = parts
  return first !== undefined && parts.length === 1 ? first : { kind: 'all', of: parts.flatMap(conjuncts) }
}

function partOf(entry: Entry, statement: Located, dialect: Dialect, when: Condition | undefined): readonly Condition[] {
  switch (entry.key) {
    case 'agents':
    case 'not_agents':
      return [readAgents(entry, entry.key === 'not_agents')]
    case 'conditions':
      return [readConditions(entry.value, textAt(statement, 'match') === 'any' ? 'any' : 'all', dialect)]
    case 'when':
      return when === undefined ? [] : [when]
    default:
      return []
  }
}

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'all' ? condition.of : [condition]
}

function readActions(statement: Located, key: 'actions' | 'not_actions'): readonly ActionGlob[] {
  const actions = valueAt(statement, key)
  if (actions === undefined) return []
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
