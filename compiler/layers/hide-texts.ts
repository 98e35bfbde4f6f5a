/**
 * A policy without its author's words. What a project's policy says of itself reaches the agent as if agsec said it: until
 * the user trusts the project, none of it gets into the table, and its statements go by numbers.
 */
import type { Condition, Policy, Statement } from '../ast.js'
import type { Source, Span } from '../source.js'

/** What is told of a test instead of its field, operator and value. */
const TEST_WORDS = 'a condition of the project'

/** @param layer the name that statements and files go by */
export function hideTexts(policy: Policy, layer: string): Policy {
  const files = [...new Set(policy.statements.map(({ span }) => span.source))]
  const renamed = new Map(files.map((source, i): [Source, Source] => [source, { path: `${layer}:file${i + 1}`, text: source.text }]))
  const inRenamed = (span: Span): Span => ({ ...span, source: renamed.get(span.source) ?? span.source })
  return { ...policy, statements: policy.statements.map((statement, i) => hidden(statement, `${layer}#${i + 1}`, inRenamed)) }
}

function hidden(statement: Statement, sid: string, inRenamed: (span: Span) => Span): Statement {
  const copy: { -readonly [Key in keyof Statement]: Statement[Key] } = { ...statement, sid, span: inRenamed(statement.span) }
  delete copy.reason
  delete copy.guidance
  return { ...copy, condition: withoutWords(statement.condition) }
}

function withoutWords(condition: Condition): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { kind: condition.kind, of: condition.of.map(withoutWords) }
    case 'not':
      return { kind: 'not', of: withoutWords(condition.of) }
    case 'test':
      return { ...condition, words: TEST_WORDS }
    default:
      return condition satisfies never
  }
}
