/** What the policies are asked: the mix of an ordinary session. */

export interface BenchRequest {
  readonly action: string
  readonly params: Readonly<Record<string, string>>
  readonly context: Readonly<Record<string, string>>
}

const context = { agent: 'claude-code', cwd: '/home/u/app', home: '/home/u' }

const COMMANDS: readonly BenchRequest[] = [
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
].map(command => ({ action: 'bash.execute', params: { command }, context }))

/** Calls that are no shell commands. */
export const OTHER_REQUESTS: readonly BenchRequest[] = [
  ...['/home/u/app/src/main.ts', '/home/u/app/.env', '/home/u/app/README.md', '/etc/hosts'].map(file_path => ({
    action: 'file.read',
    params: { file_path },
    context,
  })),
  ...['https://docs.example.com/guide', 'http://localhost:3000/'].map(url => ({ action: 'web.fetch', params: { url }, context })),
  { action: 'mcp.slack.post', params: { text: 'done' }, context },
  { action: 'file.edit', params: { file_path: '/home/u/app/src/a.ts', old_string: 'a', new_string: 'b' }, context },
]

export const REQUESTS: readonly BenchRequest[] = [...COMMANDS, ...OTHER_REQUESTS]

/** The call of the cold measurements, as Claude Code writes it to its hooks; every policy allows it. */
export const HOOK_INPUT = JSON.stringify({
  session_id: 'bench',
  cwd: '/home/u/app',
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_use_id: 'toolu_bench',
  tool_input: { command: 'git status --short', description: 'see what changed' },
})
