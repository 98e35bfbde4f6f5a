/**
 * OPA's WebAssembly in its own JavaScript SDK: one rule a statement, and a chain of verdicts, the strictest first. Its regexes are RE2's,
 * so that the one look-ahead becomes a match and a mismatch. The text is Rego, which the `opa` program compiles.
 */
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import type { BenchEffect, BenchStatement } from '../policies.js'
import type { Peer } from './peer.js'

/** In pages of 64 KiB: the default is too small for thousands of statements. */
const MEMORY = { initial: 256 }

const HEAD = `package bench
import future.keywords.if
default decision := "deny"
decision := "deny" if { deny } else := "review" if { review } else := "allow" if { allow }
`

export const peer: Peer = {
  write: policy => `${HEAD}${policy.flatMap(rulesOf).join('\n')}\n`,
  async load(file) {
    const policy = await loadPolicy(file, MEMORY)
    return ({ action, params }) => policy.evaluate({ action, params })[0]?.result as BenchEffect // the verdicts of the chain
  },
}

function rulesOf({ effect, actions, condition }: BenchStatement): readonly string[] {
  return actions.map(action => {
    const about = action.endsWith('.*') ? `startswith(input.action, "${action.slice(0, -1)}")` : `input.action == "${action}"`
    return `${effect} if { ${[about, ...(condition ? matchesOf(condition) : [])].join('; ')} }`
  })
}

function matchesOf({ field, regex }: NonNullable<BenchStatement['condition']>): readonly string[] {
  const match = (source: string) => `regex.match(\`${source}\`, input.params.${field})`
  const ahead = /^(\^.*)\(\?!(.*)\)$/.exec(regex)
  return ahead ? [match(ahead[1] ?? ''), `not ${match(`${ahead[1]}(${ahead[2]})`)}`] : [match(regex)]
}
