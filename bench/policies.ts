/**
 * Policies of any size for measuring, of the mix that real ones have: default deny, five fixed statements, and then 72 % regexes over
 * commands, 15 % over paths, 8 % MCP tools and 5 % URLs. They are data, so that every engine gets the same policy in its own form.
 */

export type BenchEffect = 'allow' | 'deny' | 'review'

export interface BenchCondition {
  readonly field: 'command' | 'file_path' | 'url'
  readonly regex: string
  /** Globs that hold roughly where the regex does, for engines without regexes: one of `like`, and none of `unlike`. */
  readonly like: readonly string[]
  readonly unlike: readonly string[]
}

export interface BenchStatement {
  readonly sid: string
  readonly effect: BenchEffect
  /** Names in full, or a name and `.*` for all beneath it. */
  readonly actions: readonly string[]
  readonly condition?: BenchCondition
}

const VERBS = ['git', 'kubectl', 'terraform', 'aws', 'docker', 'npm', 'psql', 'helm', 'gcloud', 'systemctl'] as const
const ACTS = ['delete', 'destroy', 'drop', 'remove', 'purge', 'wipe', 'reset', 'force', 'uninstall', 'terminate'] as const

const LOCAL = ['http://localhost*', 'https://localhost*', 'http://127.0.0.1*', 'https://127.0.0.1*']
const BASE: readonly BenchStatement[] = [
  statement('BlockDelete', 'deny', 'bash.execute', condition('command', '\\brm\\s', ['*rm *'])),
  statement('BlockEnv', 'deny', 'file.read', condition('file_path', '\\.env$', ['*.env'])),
  statement(
    'ReviewFetch',
    'review',
    'web.fetch',
    condition('url', '^https?://(?!localhost|127\\.0\\.0\\.1)', ['http://*', 'https://*'], LOCAL),
  ),
  { sid: 'AllowBash', effect: 'allow', actions: ['bash.execute'] },
  { sid: 'AllowFiles', effect: 'allow', actions: ['file.*', 'web.*'] },
]

/** The statements of a policy whose default is deny. */
export function benchPolicy(statementCount: number): readonly BenchStatement[] {
  return [...BASE, ...Array.from({ length: Math.max(statementCount - BASE.length, 0) }, (_, i) => generatedStatement(i))]
}

function generatedStatement(i: number): BenchStatement {
  const word = wordOf(i)
  const kind = i % 100
  const verb = VERBS[i % VERBS.length] ?? ''
  const act = ACTS[Math.floor(i / 10) % ACTS.length] ?? ''
  if (kind < 72) {
    const regex = `\\b${verb}\\s+(-\\w+\\s+)*${act}-${word}\\b`
    return statement(`Cmd${i}`, 'deny', 'bash.execute', condition('command', regex, [`*${verb} *${act}-${word}*`]))
  }
  if (kind < 87) {
    const like = ['pem', 'key'].map(ending => `*/${word}/*.${ending}`)
    return statement(`File${i}`, 'deny', 'file.*', condition('file_path', `/${word}/[^/]*\\.(pem|key)$`, like))
  }
  if (kind < 95) return statement(`Mcp${i}`, 'deny', `mcp.${word}.*`)
  return statement(
    `Url${i}`,
    'review',
    'web.fetch',
    condition('url', `^https://${word}\\.example\\.com/`, [`https://${word}.example.com/*`]),
  )
}

function statement(sid: string, effect: BenchEffect, action: string, condition?: BenchCondition): BenchStatement {
  return condition === undefined ? { sid, effect, actions: [action] } : { sid, effect, actions: [action], condition }
}

function condition(field: BenchCondition['field'], regex: string, like: readonly string[], unlike: readonly string[] = []): BenchCondition {
  return { field, regex, like, unlike }
}

/** A pronounceable word, different for every number. */
export function wordOf(n: number): string {
  const consonants = 'bcdfghjklmnpqrstvwz'
  const vowels = 'aeiou'
  let rest = n + 7919
  let word = ''
  for (let i = 0; i < 3; i++) {
    word += consonants.charAt(rest % 19)
    rest = Math.floor(rest / 19)
    word += vowels.charAt(rest % 5)
    rest = Math.floor(rest / 5)
  }
  return word
}

/** The policy as our users and the naive interpreter's write it. */
export function policyYaml(policy: readonly BenchStatement[]): string {
  return `default: deny\nstatements:\n${policy.map(yamlOf).join('\n')}\n`
}

function yamlOf({ sid, effect, actions, condition }: BenchStatement): string {
  const head = `sid: ${sid}, effect: ${effect}, actions: [${actions.map(action => `"${action}"`).join(', ')}]`
  if (condition === undefined) return `  - { ${head} }`
  return `  - { ${head}, conditions: { params.${condition.field}: { op: regex, value: '${condition.regex}' } } }`
}
