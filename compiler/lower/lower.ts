/** From the policy as written to the IR: settings resolved, patterns compiled, nothing shared or left out. */
import type { Effect, PossibleOutcome } from '../../runtime/decide/result.js'
import type { ActionGlob, Condition, Policy, Statement } from '../ast.js'
import type { Diagnostic } from '../diagnostic.js'
import type { Formula, Ir, IrAction, IrStatement } from '../ir/ir.js'
import { warning } from '../diagnostics/problem.js'
import { quoted } from '../diagnostics/quoted.js'
import { hasWildcard } from '../parse/main-argument.js'
import { compilePattern } from '../patterns/compile-pattern.js'
import { sourceLine } from '../source.js'
import { PatternPool } from './interning.js'
import { lowerTest, testText } from './lower-test.js'
import { errorText, type Lowering } from './lowering.js'

export interface Lowered {
  readonly ir: Ir
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * @param policy the user's policy
 * @param protection statements that guard agsec itself; they come first and enforce in every mode
 */
export function lower(policy: Policy, protection: readonly Statement[]): Lowered {
  const lowering: Lowering = { patterns: new PatternPool(), tests: [], diagnostics: [], backtracking: false }
  const statements = [
    ...protection.map(statement => lowerStatement(statement, {}, true, lowering)),
    ...policy.statements.map(statement => lowerStatement(statement, policy, false, lowering)),
  ]
  const ir: Ir = {
    ...(policy.default === undefined ? {} : { defaultEffect: policy.default }),
    effectsFull: policy.effects === 'full',
    statements,
    tests: lowering.tests,
    patterns: lowering.patterns.patterns,
  }
  return { ir, diagnostics: lowering.diagnostics }
}

type Settings = Pick<Policy, 'onPossible' | 'onUnknown'>

function lowerStatement(statement: Statement, settings: Settings, protection: boolean, lowering: Lowering): IrStatement {
  const onPossible: PossibleOutcome = statement.onPossible ?? settings.onPossible ?? 'review'
  const effect: Effect = statement.effect
  const written = lowerCondition(statement.condition, { ...lowering, backtracking: statement.backtracking === true })
  return {
    sid: statement.sid,
    effect,
    onPossible,
    onUnknown: statement.onUnknown ?? settings.onUnknown ?? onPossible,
    protection,
    actions: lowerActions(statement, lowering),
    written,
    evaluated: written,
    ...(statement.reason === undefined ? {} : { reason: statement.reason }),
    ...(statement.guidance === undefined ? {} : { guidance: statement.guidance }),
    source: sourceLine(statement.span),
  }
}

/** The actions that the statement speaks of, each without those that it excepts. */
function lowerActions({ sid, actions, notActions }: Statement, lowering: Lowering): readonly IrAction[] {
  const except = notActions.map(({ glob }) => glob)
  const before = lowering.diagnostics.length
  const lowered = actions.flatMap(action => lowerAction(action, except, lowering))
  const [first] = notActions
  if (lowered.length === 0 && first !== undefined && lowering.diagnostics.length === before) lowering.diagnostics.push(noAction(sid, first))
  return lowered
}

/** An action glob without wildcards names one action. */
function lowerAction({ glob, span }: ActionGlob, except: readonly string[], lowering: Lowering): readonly IrAction[] {
  const name = !hasWildcard(glob)
  if (name && except.length === 0) return [{ kind: 'name', name: glob }]
  const source = { kind: 'glob', source: glob, ...(except.length === 0 ? {} : { except }) } as const
  const compiled = compilePattern(source)
  if (!compiled.ok) lowering.diagnostics.push({ ...errorText(compiled.error), severity: 'error', span })
  if (!compiled.ok || !compiled.automaton.accepting.includes(1)) return []
  const pattern = name ? undefined : lowering.patterns.intern(source)
  return typeof pattern === 'number' ? [{ kind: 'glob', glob, except, pattern }] : [{ kind: 'name', name: glob }]
}

function noAction(sid: string, { span }: ActionGlob): Diagnostic {
  const message = `${quoted(sid)} applies to no action: \`not_actions\` leaves none of its \`actions\``
  return warning({ code: 'no-action', span, message, help: 'leave `actions` out for every action but those of `not_actions`' })
}

function lowerCondition(condition: Condition, lowering: Lowering): Formula {
  switch (condition.kind) {
    case 'all':
      return { kind: 'and', of: condition.of.map(part => lowerCondition(part, lowering)) }
    case 'any':
      return condition.of.length === 0
        ? { kind: 'and', of: [] }
        : { kind: 'or', of: condition.of.map(part => lowerCondition(part, lowering)) }
    case 'not':
      return { kind: 'not', of: lowerCondition(condition.of, lowering) }
    case 'test':
      return { kind: 'test', test: lowering.tests.push(lowerTest(condition, lowering)) - 1, words: testText(condition) }
  }
}
