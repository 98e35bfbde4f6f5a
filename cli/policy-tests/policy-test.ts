/** A test of a policy: what is asked and what the answer must be. */
import type { InlineTest, Policy, Statement } from '../../compiler/ast.js'
import { sourceLine } from '../../compiler/source.js'
import type { Request } from '../../runtime/decide/request.js'
import type { Decision } from '../../runtime/decide/result.js'
import type { Asked } from '../asked.js'
import type { MachineFacts } from '../calls.js'
import { oneLine } from '../render/columns.js'

export interface PolicyTest {
  readonly name: string
  /** `file:line`. */
  readonly place: string
  readonly asked: Asked
  readonly expect: Decision
  /** The statement that must decide; null where the default must. */
  readonly sid?: string | null
  /** The statement that must be among the matches, whoever decides. */
  readonly matches?: string
}

/**
 * The same on every machine: a test that passes here passes in CI. Only what a request leaves out is filled in, and nothing is
 * looked up in the file system.
 */
export const TEST_FACTS: MachineFacts = { home: '/home/user', user: 'user', platform: 'linux', mode: 'enforce', realPath: path => path }
export const TEST_CWD = '/home/user/project'

/** The inline tests of every statement, in file order. */
export function inlineTests(policy: Policy): readonly PolicyTest[] {
  return policy.statements.flatMap(statement => [
    ...statement.tests.allows.map(test => inlineTest(statement, 'allow', test)),
    ...statement.tests.denies.map(test => inlineTest(statement, 'deny', test)),
    ...statement.tests.reviews.map(test => inlineTest(statement, 'review', test)),
  ])
}

const VERBS: Readonly<Record<Decision, string>> = { allow: 'allows', deny: 'denies', review: 'reviews' }

/** An example of a statement's own effect must meet that statement: a default that happens to agree proves nothing. */
function inlineTest(statement: Statement, expect: Decision, test: InlineTest): PolicyTest {
  return {
    name: `${statement.sid} ${VERBS[expect]} \`${subject(test.request)}\``,
    place: sourceLine(test.span),
    asked: { kind: 'request', request: withTestPlace(test.request) },
    expect,
    ...(expect === statement.effect ? { matches: statement.sid } : {}),
  }
}

export function withTestPlace(request: Request): Request {
  return { ...request, context: { cwd: TEST_CWD, project_root: TEST_CWD, ...request.context } }
}

/** What a request is about, on one line: its only text, else all its arguments. */
export function subject(request: Request): string {
  const values = Object.values(request.params)
  const [only] = values
  return oneLine(values.length === 1 && typeof only === 'string' ? only : `${request.action} ${JSON.stringify(request.params)}`, 80)
}
