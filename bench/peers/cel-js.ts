/**
 * CEL, by the fastest evaluator on npm: one expression a statement, parsed once, the strictest first, and the first that holds decides.
 * A function of ours keeps compiled regexes: the evaluator's own `matches` compiles on every call.
 */
import { Environment } from '@marcbachmann/cel-js'
import type { BenchEffect, BenchStatement } from '../policies.js'
import { cachedRegExp, type Peer, strictestFirst } from './peer.js'

interface CelStatement {
  readonly effect: BenchEffect
  readonly when: string
}

export const peer: Peer = {
  write: policy => JSON.stringify(strictestFirst(policy).map(each => ({ effect: each.effect, when: expressionOf(each) }))),
  load(file) {
    const regExp = cachedRegExp()
    const environment = new Environment()
      .registerVariable('action', 'string')
      .registerVariable('params', 'map')
      .registerFunction('found(string, string): bool', (value, regex) => regExp(regex).test(value))
    const statements = JSON.parse(file.toString()) as readonly CelStatement[] // written above
    const parsed = statements.map(({ effect, when }) => ({ effect, holds: environment.parse(when) }))
    return ({ action, params }) => parsed.find(({ holds }) => holds({ action, params }) === true)?.effect ?? 'deny'
  },
}

function expressionOf({ actions, condition }: BenchStatement): string {
  const about = actions.map(pattern =>
    pattern.endsWith('.*') ? `action.startsWith(${JSON.stringify(pattern.slice(0, -1))})` : `action == ${JSON.stringify(pattern)}`,
  )
  if (condition === undefined) return about.join(' || ')
  const { field, regex } = condition
  return `(${about.join(' || ')}) && has(params.${field}) && found(params.${field}, ${JSON.stringify(regex)})`
}
