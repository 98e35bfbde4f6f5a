/** What the policies are asked: the mix of an ordinary session. */

export interface BenchRequest {
  readonly action: string
  readonly params: Readonly<Record<string, string>>
  readonly context: Readonly<Record<string, string>>
}

const context = { agent: 'claude-code', cwd: '/home/u/app', home: '/home/u' }

/** Ordinary commands of an agent. */
export const COMMANDS: readonly string[] = [
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
  'npm run build 2>&1 | tail -40',
  'cd packages/core && npx vitest run src/parse.test.ts',
  'for f in src/*.ts; do wc -l "$f"; done',
  "sed -i 's/old/new/g' src/config.ts",
  'mkdir -p dist && cp -r public/* dist/',
  'curl -s http://localhost:3000/health | jq .status',
  'VERSION=$(node -p "require(\'./package.json\').version") && echo "$VERSION"',
  'git add -A && git commit -m "$(cat <<\'EOF\'\nfix the parser\n\nIt lost the last line.\nEOF\n)"',
]

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

export const REQUESTS: readonly BenchRequest[] = [
  ...COMMANDS.map(command => ({ action: 'bash.execute', params: { command }, context })),
  ...OTHER_REQUESTS,
]

/** The call of the cold measurements, as Claude Code writes it to its hooks; every policy allows it. */
export const HOOK_INPUT = hookInput('Bash', { command: 'git status --short', description: 'see what changed' })

/** One that is no shell command. */
export const OTHER_HOOK_INPUT = hookInput('Read', { file_path: '/home/u/app/src/main.ts' })

function hookInput(tool_name: string, tool_input: object): string {
  const about = { session_id: 'bench', cwd: '/home/u/app', hook_event_name: 'PreToolUse', tool_use_id: 'toolu_bench' }
  return JSON.stringify({ ...about, tool_name, tool_input })
}
