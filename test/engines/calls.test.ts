/** Calls of every platform, approvals, and policies that have changed, on the engines that the tests of the contract themselves do not run on. */
import { describe } from 'vitest'
import { ENGINES } from '../../bench/engine-programs.js'
import { answersPlatforms } from '../contract/answers-platforms.js'
import { approvesCalls } from '../contract/approves-calls.js'
import { countsChangedPolicies } from '../contract/claude-code/changed-policy.js'
import { readsProjects } from '../contract/claude-code/project-policy.js'

// Node itself is held to all of it by the tests of the contract.
describe.each(ENGINES.filter(({ kind }) => kind !== 'node'))('$name', engine => {
  describe('approvals', { timeout: 120_000 }, () => approvesCalls(engine))
  describe('a hook of every platform', () => answersPlatforms(engine))
})

// The command line is called then, and is the same Node whatever ran the hook: each engine calls it for one of the two reasons.
describe.each(ENGINES.filter(({ name }) => name === 'bun' || name === 'quickjs'))('$name', engine => {
  describe('a policy that has changed', () => countsChangedPolicies(engine))
})

describe.each(ENGINES.filter(({ name }) => name === 'quickjs-ng'))('$name', engine => {
  describe('the policy of a project', () => readsProjects(engine))
})
