/**
 * json-rules-engine: one rule a statement, whose event is the effect; the strictest event counts. It has neither globs nor regexes, so
 * both are operators of ours with compiled regexes. Facts that a request lacks are allowed to be undefined.
 */
import { Engine } from 'json-rules-engine'
import type { BenchEffect, BenchStatement } from '../policies.js'
import { cachedRegExp, covers, type Peer, STRICTNESS } from './peer.js'

export const peer: Peer = {
  write: policy => JSON.stringify(policy.map(ruleOf)),
  load(file) {
    const engine = new Engine(JSON.parse(file.toString()), { allowUndefinedFacts: true })
    const regExp = cachedRegExp()
    engine.addOperator('covered', (action: string, patterns: readonly string[]) => patterns.some(pattern => covers(pattern, action)))
    engine.addOperator('matches', (value: string | undefined, regex: string) => value !== undefined && regExp(regex).test(value))
    return async ({ action, params }) => {
      const { events } = await engine.run({ action, ...params })
      return events.reduce<BenchEffect | undefined>((a, { type: b }) => (a && STRICTNESS[a] >= STRICTNESS[b] ? a : b), undefined) ?? 'deny'
    }
  },
}

function ruleOf({ sid, effect, actions, condition }: BenchStatement): object {
  const covered = { fact: 'action', operator: 'covered', value: actions }
  const all = condition ? [covered, { fact: condition.field, operator: 'matches', value: condition.regex }] : [covered]
  return { name: sid, conditions: { all }, event: { type: effect } }
}
