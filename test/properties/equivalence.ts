import { deepEqual } from 'node:assert/strict'
import { openDecider } from '../../runtime/decide/open.js'
import { decideReference } from '../reference/decide-reference.js'
import { policyFiles } from '../arbitrary/policies.js'
import { compiled, policyAndCalls } from './deciding.js'
import { target } from './target.js'

export const sameBytes = target({
  name: 'same-bytes',
  component: 'compiler/',
  says: 'a policy that is compiled again gives the same bytes',
  runs: 30,
  cases: policyFiles,
  check: files => deepEqual(compiled(files).table, compiled(files).table),
})

export const equivalence = target({
  name: 'equivalence',
  component: 'compiler/, runtime/decide/',
  says: 'the table, with its index and without, gives the full result that the reference interpreter gives',
  runs: 0,
  cases: policyAndCalls(20),
  check: ({ files, calls }) => {
    const { policy, table } = compiled(files)
    const decider = openDecider(table)
    for (const call of calls) {
      const expected = decideReference(policy, call)
      deepEqual(decider.decide(call), expected)
      deepEqual(decider.decide(call, { noIndex: true }), expected)
    }
  },
})
