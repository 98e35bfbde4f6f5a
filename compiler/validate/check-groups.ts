/** Groups of conditions within groups of conditions, up to a depth that a person can still read. */
import type { Diagnostic } from '../diagnostic.js'
import { error } from '../diagnostics/problem.js'
import { groupKey, groupMembers } from '../parse/groups.js'
import { type Entry, entriesOf, itemsOf, type Located, valueAt } from '../parse/located.js'

const DEEPEST = 16

export function checkGroups(root: Located): readonly Diagnostic[] {
  return itemsOf(valueAt(root, 'statements')).flatMap(statement => tooDeep(valueAt(statement, 'conditions'), 1))
}

/** The outermost group that is too deep, on each way down. */
function tooDeep(conditions: Located | undefined, depth: number): readonly Diagnostic[] {
  const groups = entriesOf(conditions).filter(entry => groupKey(entry) !== undefined)
  if (depth > DEEPEST) return groups.slice(0, 1).map(tooDeepGroup)
  return groups.flatMap(entry => groupMembers(entry).flatMap(member => tooDeep(member, depth + 1)))
}

function tooDeepGroup({ keySpan }: Entry): Diagnostic {
  const message = `groups of conditions stand more than ${DEEPEST} deep in each other`
  return error({ code: 'deep-conditions', span: keySpan, message, help: 'write several statements, or an expression with `when`' })
}
