// The published approach in Node: read the YAML, walk every statement, compile every regex, on every call.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'

export function loadPolicy(path) {
  return parse(readFileSync(path, 'utf8'))
}

function globMatches(glob, action) {
  const source = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
  return new RegExp(`^${source}$`, 's').test(action)
}

function valueOf(request, key) {
  return key.split('.').reduce((value, name) => value?.[name], request)
}

function holds(request, conditions) {
  return Object.entries(conditions ?? {}).every(([key, { value }]) => {
    const actual = valueOf(request, key)
    return actual !== undefined && new RegExp(value).test(String(actual))
  })
}

const STRICTNESS = { allow: 1, review: 2, deny: 3 }

export function decide(policy, request) {
  let decision
  for (const { effect, actions, conditions } of policy.statements) {
    if (!actions.some(glob => globMatches(glob, request.action)) || !holds(request, conditions)) continue
    if (decision === undefined || STRICTNESS[effect] > STRICTNESS[decision]) decision = effect
  }
  return decision ?? policy.default
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const input = JSON.parse(readFileSync(0, 'utf8'))
  const decision = decide(loadPolicy(process.argv[2]), { action: 'bash.execute', params: input.tool_input, context: input })
  process.exitCode = decision === 'allow' ? 10 : 2
}
