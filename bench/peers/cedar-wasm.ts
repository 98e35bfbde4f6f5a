/**
 * Cedar's own WebAssembly build. It has no regexes, so conditions are `like` with globs: roughly the same, and cheaper for it. An action
 * lies in the groups that its dotted name spells, which come with the request. A review is a `forbid` whose name says so: Cedar
 * reports every policy that decided. The policies are parsed once, and decisions refer to them.
 */
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { BenchCondition, BenchStatement } from '../policies.js'
import type { BenchRequest } from '../requests.js'
import { type Decide, type Peer } from './peer.js'

export const peer: Peer = {
  write: policy => JSON.stringify(Object.fromEntries(policy.map(each => [`${each.effect}:${each.sid}`, policyOf(each)]))),
  load(file) {
    const parsed = preparsePolicySet('bench', { staticPolicies: JSON.parse(file.toString()) })
    if (parsed.type === 'failure') throw new Error(JSON.stringify(parsed.errors[0]))
    return decide
  },
}

const decide: Decide = ({ action, params }: BenchRequest) => {
  const answer = statefulIsAuthorized({
    principal: { type: 'Agent', id: 'claude-code' },
    action: { type: 'Action', id: action },
    resource: { type: 'Machine', id: 'here' },
    context: params,
    entities: [{ uid: { type: 'Action', id: action }, attrs: {}, parents: groupsOf(action).map(id => ({ type: 'Action', id })) }],
    preparsedPolicySetId: 'bench',
  })
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors[0]))
  const { decision, diagnostics } = answer.response
  if (decision === 'allow') return 'allow'
  return diagnostics.reason.length > 0 && diagnostics.reason.every(id => id.startsWith('review:')) ? 'review' : 'deny'
}

/** `mcp.slack.post` lies in `mcp` and `mcp.slack`. */
function groupsOf(action: string): readonly string[] {
  const names = action.split('.')
  return names.slice(1).map((_, i) => names.slice(0, i + 1).join('.'))
}

function policyOf({ effect, actions, condition }: BenchStatement): string {
  const about = actions.map(pattern => `Action::"${pattern.replace(/\.\*$/, '')}"`).join(', ')
  const head = `${effect === 'allow' ? 'permit' : 'forbid'} (principal, action in [${about}], resource)`
  return condition === undefined ? `${head};` : `${head} when { ${whenOf(condition)} };`
}

function whenOf({ field, like, unlike }: BenchCondition): string {
  const is = (glob: string) => `context.${field} like "${glob}"`
  const none = unlike.map(glob => ` && !(${is(glob)})`).join('')
  return `context has ${field} && (${like.map(is).join(' || ')})${none}`
}
