/**
 * Policies of any size for measuring, of the mix that real ones have: default deny, five fixed statements, and then 72 % regexes over
 * commands, 15 % over paths, 8 % MCP tools and 5 % URLs. The naive interpreter and the compiler read the same text.
 */

const VERBS = ['git', 'kubectl', 'terraform', 'aws', 'docker', 'npm', 'psql', 'helm', 'gcloud', 'systemctl'] as const
const ACTS = ['delete', 'destroy', 'drop', 'remove', 'purge', 'wipe', 'reset', 'force', 'uninstall', 'terminate'] as const

export function policyText(statementCount: number): string {
  const base = [
    'default: deny\nstatements:',
    statement('BlockDelete', 'deny', 'bash.execute', 'params.command', '\\brm\\s'),
    statement('BlockEnv', 'deny', 'file.read', 'params.file_path', '\\.env$'),
    statement('ReviewFetch', 'review', 'web.fetch', 'params.url', '^https?://(?!localhost|127\\.0\\.0\\.1)'),
    '  - { sid: AllowBash, effect: allow, actions: [bash.execute] }',
    '  - { sid: AllowFiles, effect: allow, actions: ["file.*", "web.*"] }',
  ]
  const generated = Array.from({ length: Math.max(statementCount - 5, 0) }, (_, i) => generatedStatement(i))
  return `${[...base, ...generated].join('\n')}\n`
}

function generatedStatement(i: number): string {
  const word = wordOf(i)
  const kind = i % 100
  const verb = VERBS[i % VERBS.length] ?? ''
  const act = ACTS[Math.floor(i / 10) % ACTS.length] ?? ''
  if (kind < 72) return statement(`Cmd${i}`, 'deny', 'bash.execute', 'params.command', `\\b${verb}\\s+(-\\w+\\s+)*${act}-${word}\\b`)
  if (kind < 87) return statement(`File${i}`, 'deny', 'file.*', 'params.file_path', `/${word}/[^/]*\\.(pem|key)$`)
  if (kind < 95) return `  - { sid: Mcp${i}, effect: deny, actions: ["mcp.${word}.*"] }`
  return statement(`Url${i}`, 'review', 'web.fetch', 'params.url', `^https://${word}\\.example\\.com/`)
}

/** A pronounceable word, different for every number. */
function wordOf(n: number): string {
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

function statement(sid: string, effect: string, action: string, field: string, regex: string): string {
  return `  - { sid: ${sid}, effect: ${effect}, actions: ["${action}"], conditions: { ${field}: { op: regex, value: '${regex}' } } }`
}

export interface BenchRequest {
  readonly action: string
  readonly params: Readonly<Record<string, string>>
  readonly context: Readonly<Record<string, string>>
}

const context = { agent: 'claude-code', cwd: '/home/u/app', home: '/home/u' }

/** A mix of ordinary calls: twelve commands and eight others. */
export const REQUESTS: readonly BenchRequest[] = [
  ...[
    'git status --short',
    'npm test -- --run',
    'ls -la src',
    'grep -rn "TODO" src | head -20',
    'cat package.json',
    'node scripts/build.mjs --watch',
    'git commit -m "fix the parser"',
    'docker compose up -d',
    'rm -rf build',
    'kubectl get pods -n staging',
    'psql -c "select 1"',
    'find . -name "*.ts"',
  ].map(command => ({ action: 'bash.execute', params: { command }, context })),
  ...['/home/u/app/src/main.ts', '/home/u/app/.env', '/home/u/app/README.md', '/etc/hosts'].map(file_path => ({
    action: 'file.read',
    params: { file_path },
    context,
  })),
  ...['https://docs.example.com/guide', 'http://localhost:3000/'].map(url => ({ action: 'web.fetch', params: { url }, context })),
  { action: 'mcp.slack.post', params: { text: 'done' }, context },
  { action: 'file.edit', params: { file_path: '/home/u/app/src/a.ts', old_string: 'a', new_string: 'b' }, context },
]
