/**
 * CASL: `bash.execute` is the action `execute` on a `bash`, `file.*` is `manage` on a `file`, so that its own index by action and subject
 * works; conditions are its `$regex`. Later rules win, so the strictest come last, and one question gives the rule that decides; a
 * review is a refusal whose reason says so.
 */
import { createMongoAbility } from '@casl/ability'
import type { BenchCondition } from '../policies.js'
import { type Peer, strictestFirst } from './peer.js'

export const peer: Peer = {
  write: policy =>
    JSON.stringify(
      [...strictestFirst(policy)].reverse().flatMap(({ effect, actions, condition }) =>
        actions.map(pattern => {
          const [subject, action] = split(pattern)
          const base = { action: action === '*' ? 'manage' : action, subject, inverted: effect !== 'allow', reason: effect }
          return condition === undefined ? base : { ...base, conditions: conditionsOf(condition) }
        }),
      ),
    ),
  load(file) {
    const ability = createMongoAbility(JSON.parse(file.toString()), { detectSubjectType: ({ subject }) => subject })
    return ({ action, params }) => {
      const [subject, verb] = split(action)
      const rule = ability.relevantRuleFor(verb, { ...params, subject })
      return rule === null ? 'deny' : rule.reason
    }
  },
}

function conditionsOf({ field, regex }: BenchCondition): object {
  return { [field]: { $regex: regex } }
}

function split(action: string): readonly [subject: string, verb: string] {
  const dot = action.lastIndexOf('.')
  return [action.slice(0, dot), action.slice(dot + 1)]
}
