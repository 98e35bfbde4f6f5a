/** What a policy's statements may be changed to, and what that does to its decisions. */
import { deepEqual, ok } from 'node:assert/strict'
import fc from 'fast-check'
import type { Result } from '../../runtime/decide/result.js'
import { statement } from '../arbitrary/policies.js'
import { compareResults, type PolicyFile, policyAndCalls, readFiles, shown, strictness, withStatements } from './deciding.js'
import { target } from './target.js'

const CALLS = 4
const cases = policyAndCalls(CALLS)
const component = 'compiler/, runtime/decide/'
const runs = 30

/** What does not depend on how statements are called and where they stand. */
function meaning({ decision, certainty, matched }: Result): unknown {
  return { decision, certainty, matched: matched.map(match => JSON.stringify({ ...match, sid: '', source: '' })).sort() }
}

/** The same, but for how often it is said. */
function decided({ decision, certainty }: Result): unknown {
  return { decision, certainty }
}

export const addingDeny = target({
  name: 'adding-deny',
  component,
  says: 'another deny statement never makes a decision less strict',
  runs,
  cases: fc.record({ policy: cases, added: statement }),
  check: ({ policy, added }) => {
    const changed = withStatements(policy.files, (statements, file) =>
      file === 0 ? [...statements, { ...added, effect: 'deny' }] : statements,
    )
    compareResults(policy, changed, (before, after) => ok(strictness(after) >= strictness(before), shown(before, after)))
  },
})

export const addingAllow = target({
  name: 'adding-allow',
  component,
  says: 'another allow statement never makes a decision stricter',
  runs,
  cases: fc.record({ policy: cases, added: statement }),
  check: ({ policy, added }) => {
    const changed = withStatements(policy.files, (statements, file) =>
      file === 0 ? [{ ...added, effect: 'allow' }, ...statements] : statements,
    )
    compareResults(policy, changed, (before, after) => ok(strictness(after) <= strictness(before), shown(before, after)))
  },
})

export const order = target({
  name: 'order',
  component,
  says: 'the order of statements and of files changes neither a decision nor what matches',
  runs,
  cases: cases.chain(policy =>
    fc.record({
      policy: fc.constant(policy),
      changed: fc
        .tuple(...readFiles(policy.files).map(file => shuffled(file.statements).map(statements => JSON.stringify({ ...file, statements }))))
        .chain(files => shuffled(files)),
    }),
  ),
  check: ({ policy, changed }) => compareResults(policy, changed, (before, after) => deepEqual(meaning(after), meaning(before))),
})

function shuffled<T>(items: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length })
}

export const duplicates = target({
  name: 'duplicates',
  component,
  says: 'a statement that stands twice decides what it decides once',
  runs,
  cases,
  check: policy => {
    const changed = withStatements(policy.files, statements => statements.flatMap(one => [one, one]))
    compareResults(policy, changed, (before, after) => deepEqual(decided(after), decided(before)))
  },
})

export const splitFiles = target({
  name: 'split-files',
  component,
  says: 'statements mean the same in one file and in several',
  runs,
  cases: fc.record({ policy: cases, at: fc.nat({ max: 4 }) }),
  check: ({ policy, at }) => {
    const changed = readFiles(policy.files)
      .flatMap(file => splitAt(file, at))
      .map(file => JSON.stringify(file))
    compareResults(policy, changed, (before, after) => deepEqual(meaning(after), meaning(before)))
  },
})

function splitAt(file: PolicyFile, at: number): readonly PolicyFile[] {
  const [first, second] = [file.statements.slice(0, at), file.statements.slice(at)]
  return first.length === 0 || second.length === 0
    ? [file]
    : [
        { ...file, statements: first },
        { ...file, statements: second },
      ]
}

export const splitActions = target({
  name: 'split-actions',
  component,
  says: 'a statement about several actions decides what one statement for each of them decides',
  runs,
  cases,
  check: policy => {
    const changed = withStatements(policy.files, statements =>
      statements.flatMap(one => (one.actions ?? ['*']).map(action => ({ ...one, actions: [action] }))),
    )
    compareResults(policy, changed, (before, after) => deepEqual(decided(after), decided(before)))
  },
})

export const defaults = target({
  name: 'defaults',
  component,
  says: 'a stricter default never makes a decision less strict',
  runs,
  cases,
  check: policy => {
    const [allow, review, deny] = (['allow', 'review', 'deny'] as const).map(effect => withDefault(policy.files, effect))
    for (const [looser, stricter] of [
      [allow, review],
      [review, deny],
    ]) {
      compareResults({ files: looser ?? [], calls: policy.calls }, stricter ?? [], (before, after) =>
        ok(strictness(after) >= strictness(before), shown(before, after)),
      )
    }
  },
})

function withDefault(files: readonly string[], effect: 'allow' | 'review' | 'deny'): readonly string[] {
  return readFiles(files).map(file => JSON.stringify({ ...file, default: effect }))
}
