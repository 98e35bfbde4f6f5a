/** The published approach in Node: read the YAML, walk every statement, compile every regex, on every call. */
import { parse } from 'yaml'
import { type BenchEffect, policyYaml } from '../policies.js'
import type { BenchRequest } from '../requests.js'
import { type Peer, STRICTNESS } from './peer.js'

interface YamlPolicy {
  readonly default: BenchEffect
  readonly statements: readonly YamlStatement[]
}

interface YamlStatement {
  readonly effect: BenchEffect
  readonly actions: readonly string[]
  readonly conditions?: Readonly<Record<string, { readonly value: string }>>
}

export const peer: Peer = {
  write: policyYaml,
  load(file) {
    const policy = parse(file.toString()) as YamlPolicy // written by `policyYaml`
    return request => decide(policy, request)
  },
}

function decide(policy: YamlPolicy, request: BenchRequest): BenchEffect {
  let decision: BenchEffect | undefined
  for (const { effect, actions, conditions } of policy.statements) {
    if (!actions.some(glob => globMatches(glob, request.action)) || !holds(request, conditions)) continue
    if (decision === undefined || STRICTNESS[effect] > STRICTNESS[decision]) decision = effect
  }
  return decision ?? policy.default
}

function globMatches(glob: string, action: string): boolean {
  const source = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
  return new RegExp(`^${source}$`, 's').test(action)
}

function holds(request: BenchRequest, conditions: YamlStatement['conditions']): boolean {
  return Object.entries(conditions ?? {}).every(([key, { value }]) => {
    const actual = valueOf(request, key)
    return typeof actual === 'string' && new RegExp(value).test(actual)
  })
}

function valueOf(request: unknown, key: string): unknown {
  return key.split('.').reduce((value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name], request) // maps all the way
}
