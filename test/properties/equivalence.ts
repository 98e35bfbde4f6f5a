import { deepEqual } from 'node:assert/strict'
import fc from 'fast-check'
import { PASS_NAMES } from '../../compiler/passes/optimise.js'
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

export const passes = target({
  name: 'passes',
  component: 'compiler/passes/, compiler/table/, runtime/decide/',
  says: 'no result depends on which passes of the optimiser ran',
  runs: 0,
  cases: fc.record({ policy: policyAndCalls(10), some: fc.subarray([...PASS_NAMES]) }),
  check: ({ policy: { files, calls }, some }) => {
    const all = openDecider(compiled(files).table)
    for (const names of [[], some]) {
      const other = openDecider(compiled(files, names).table)
      for (const call of calls) deepEqual([other.decide(call), other.explain(call)], [all.decide(call), all.explain(call)])
    }
  },
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
