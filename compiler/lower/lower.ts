/** From the policy as written to the IR: settings resolved, patterns compiled, nothing shared or left out. */
import type { Effect, PossibleOutcome } from '../../runtime/decide/result.js'
import type { ActionGlob, Condition, Policy, Statement } from '../ast.js'
import type { Diagnostic } from '../diagnostic.js'
import type { Formula, Ir, IrAction, IrStatement } from '../ir/ir.js'
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
  const lowering: Lowering = { patterns: new PatternPool(), tests: [], diagnostics: [] }
  const statements = [
    ...protection.map(statement => lowerStatement(statement, {}, true, lowering)),
    ...policy.statements.map(statement => lowerStatement(statement, policy, false, lowering)),
  ]
  const ir: Ir = {
    defaultEffect: policy.default ?? 'deny',
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
  const written = lowerCondition(statement.condition, lowering)
  return {
    sid: statement.sid,
    effect,
    onPossible,
    onUnknown: statement.onUnknown ?? settings.onUnknown ?? onPossible,
    protection,
    actions: statement.actions.flatMap(action => lowerAction(action, lowering)),
    written,
    evaluated: written,
    ...(statement.reason === undefined ? {} : { reason: statement.reason }),
    ...(statement.guidance === undefined ? {} : { guidance: statement.guidance }),
    source: sourceLine(statement.span),
  }
}

/** An action glob without wildcards names one action. */
function lowerAction({ glob, span }: ActionGlob, lowering: Lowering): readonly IrAction[] {
  if (!/[*?[]/.test(glob)) return [{ kind: 'name', name: glob }]
  const pattern = lowering.patterns.intern({ kind: 'glob', source: glob })
  if (typeof pattern === 'number') return [{ kind: 'glob', glob, pattern }]
  lowering.diagnostics.push({ ...errorText(pattern), severity: 'error', span })
  return []
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
