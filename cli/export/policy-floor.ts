/** The floor of policies as they lie on the disk. */
import { openDecider } from '../../runtime/decide/open.js'
import { callOf } from '../calls.js'
import { compileOrReport } from '../compile-paths.js'
import type { Invocation } from '../invocation.js'
import { machineFacts } from '../machine-facts.js'
import { type Floor, floorOf } from './floor.js'

/** Undefined where the policies do not compile, which has then been reported. */
export function policyFloor(call: Invocation<object>, policies: string): Floor | undefined {
  const compiled = compileOrReport(call, [policies], { emit: false, verify: false })
  if (compiled?.table === undefined || compiled.policy === undefined) return undefined
  const decider = openDecider(compiled.table)
  const facts = { ...machineFacts(call.home), realPath: (name: string) => name }
  return floorOf({
    policy: compiled.policy,
    decide: each => decider.decide(each),
    decideCommand: command =>
      decider.decide(callOf({ kind: 'request', request: { action: 'bash.execute', params: { command }, context: {} } }, facts)),
    home: facts.home,
  })
}
