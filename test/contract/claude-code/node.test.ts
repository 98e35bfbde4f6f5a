/** The contract of the hook, on the Node that runs the tests; `test/engines` holds the other engines to it. */
import { describe } from 'vitest'
import { countsChangedPolicies } from './changed-policy.js'
import { failsClosed } from './fail-closed.js'
import { ownNode } from './installed-hook.js'
import { readsProjects } from './project-policy.js'

describe('the hook', () => failsClosed(ownNode))
describe('a policy that has changed', () => countsChangedPolicies(ownNode))
describe('the policy of a project', () => readsProjects(ownNode))
