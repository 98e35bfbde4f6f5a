/**
 * Casbin with its priority effect: rules in order of strictness, and the first that matches decides, so that it need not look at the rest.
 * Its own `keyMatch` compares actions; a function of ours looks up the field and keeps compiled regexes, since its `regexMatch` compiles
 * on every call. A third verdict is a column of the rule, read from the explanation. The synchronous call is the fastest it has.
 */
import { newModelFromString, newEnforcer, StringAdapter } from 'casbin'
import type { BenchEffect } from '../policies.js'
import { cachedRegExp, type Peer, strictestFirst } from './peer.js'

const MODEL = `
[request_definition]
r = act, params
[policy_definition]
p = act, field, regex, verdict, eft
[policy_effect]
e = priority(p.eft) || deny
[matchers]
m = keyMatch(r.act, p.act) && holds(r.params, p.field, p.regex)
`
const VERDICT_COLUMN = 3

export const peer: Peer = {
  write: policy =>
    strictestFirst(policy)
      .flatMap(({ effect, actions, condition }) =>
        actions.map(action => {
          const columns = [action, condition?.field ?? '-', condition?.regex ?? '-', effect, effect === 'allow' ? 'allow' : 'deny']
          return `p, ${columns.join(', ')}`
        }),
      )
      .join('\n'),
  async load(file) {
    const enforcer = await newEnforcer(newModelFromString(MODEL), new StringAdapter(file.toString()))
    const regExp = cachedRegExp()
    await enforcer.addFunction('holds', (params: Readonly<Record<string, string>>, field: string, regex: string) => {
      const value = params[field]
      return field === '-' || (value !== undefined && regExp(regex).test(value))
    })
    return ({ action, params }) => {
      const [, rule] = enforcer.enforceExSync(action, params)
      return (rule[VERDICT_COLUMN] ?? 'deny') as BenchEffect // the column that `write` filled
    }
  },
}
