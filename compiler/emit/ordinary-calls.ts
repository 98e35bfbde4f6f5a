/** Calls as agents make them all day: what they need of the kernel is what an engine should have compiled beforehand. */
const COMMANDS = [
  'git status --short',
  'git diff HEAD~1 -- src | head -50',
  'git add -A && git commit -m "a message"',
  'ls -la src && cat package.json | jq .name',
  'npm test -- --run 2>&1 | tail -20',
  'cd /tmp && grep -rn "word" --include="*.ts" . | sort | uniq -c',
  'rm -rf build',
  'curl -s https://example.com/file.json -o file.json',
  'for f in *.ts; do echo "$f"; done',
  'NODE_ENV=test node -e "console.log(1)"',
  'python3 -c "print(1)"',
  "cat > notes.txt <<'END'\ntext\nEND",
  'sed -n 1,20p file.txt',
  "find . -name '*.ts' -newer a.txt | xargs wc -l",
  'mkdir -p a && cp b a/ && mv c d',
  'if [ -f Makefile ]; then make build; fi',
  'echo "$(date): ${HOME}" >> log.txt',
  'cat .env',
]

const TOOLS: readonly (readonly [tool: string, input: object])[] = [
  ['Read', { file_path: '/project/src/main.ts' }],
  ['Write', { file_path: '/project/src/main.ts', content: 'text' }],
  ['Edit', { file_path: '/project/src/main.ts', old_string: 'a', new_string: 'b' }],
  ['Grep', { pattern: 'word', path: '/project' }],
  ['WebFetch', { url: 'https://example.com/', prompt: 'what is it' }],
  ['mcp__server__tool', { text: 'word' }],
]

/** @returns what stands on the hook's stdin, as Claude Code writes it: what differs for other agents is small */
export function ordinaryCalls(): readonly string[] {
  const tools = [...COMMANDS.map(command => ['Bash', { command }] as const), ...TOOLS]
  return tools.map(([tool_name, tool_input]) =>
    JSON.stringify({ session_id: 'agsec', cwd: '/project', hook_event_name: 'PreToolUse', tool_use_id: 'agsec', tool_name, tool_input }),
  )
}
