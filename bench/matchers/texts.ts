/** What the patterns are asked about. */
import { wordOf } from '../policies.js'

/** Commands of an ordinary session, some forty characters each; a few meet a pattern of either set. */
export const COMMANDS: readonly string[] = [
  'git status --short --branch',
  'npm test -- --run test/parser.test.ts',
  'grep -rn "parseHeader" src --include="*.ts"',
  'cat package.json | jq -r .version',
  'node scripts/build.mjs --watch --mode=dev',
  'git commit -m "fix the parser of headers"',
  'docker compose up -d postgres redis',
  'kubectl get pods -n staging -o wide',
  'find . -name "*.test.ts" -newer package.json',
  'curl -s https://api.example.com/v1/health',
  'python3 -m pytest tests/unit -x -q',
  'ls -la node_modules/.bin | head -20',
  'sed -n 120,180p src/server/router.ts',
  'git log --oneline --graph -n 15 -- src',
  'mkdir -p dist/assets && cp -r public/. dist',
  'rm -rf build/output && mkdir build/output',
  'git push origin feature/router --force',
  `docker ${wordOf(4)} --all --format json`,
  'psql -h localhost app_dev -c "select 1"',
  'tar -czf /tmp/logs.tar.gz var/log/app',
]

const LINES = [
  "import { readFile } from 'node:fs/promises'",
  'export async function loadRoutes(folder: string): Promise<Route[]> {',
  "  const text = await readFile(`${folder}/routes.json`, 'utf8')",
  '  // every route names its handler and the methods that it takes',
  '  const parsed: unknown = JSON.parse(text)',
  '  if (!Array.isArray(parsed)) throw new TypeError("expected a list of routes")',
  '  return parsed.map((entry, index) => toRoute(entry, index))',
  '}',
  'describe("the router", () => {',
  '  it("answers 404 where no route matches", async () => {',
  '    expect((await request("/missing")).status).toBe(404)',
  '  })',
  '})',
]

/** A file being written by a here-document: what the long commands of agents are. */
export function sourceText(length: number): string {
  return filled("cat > src/routes.ts <<'EOF'\n", i => `${LINES[i % LINES.length]}\n`, length)
}

const TOOL_NAMES = 'curl wget git push  find xargs cat docker run gcloud delete psql base64 -d nc scp bash -c eval npm install '

/** Beginnings of many patterns and the end of none: for each, an engine that backtracks tries every place for the rest. */
export function adversarialText(length: number): string {
  return filled('', () => TOOL_NAMES, length)
}

export function filled(start: string, piece: (i: number) => string, length: number): string {
  const pieces = [start]
  for (let i = 0, sum = start.length; sum < length; i++) {
    const next = piece(i)
    pieces.push(next)
    sum += next.length
  }
  return pieces.join('').slice(0, length)
}
