/**
 * What tells that an agent, and no person, is at work. Programs are known by their name, or by the package that an interpreter runs;
 * variables are those that the platforms set for the commands they run, by their documentation and by tools that look for them.
 */
import type { Ancestor } from './ancestors.js'

/** Names of the platforms' programs, in small letters and without what follows a dot. */
const AGENTS: ReadonlySet<string> = new Set([
  'agy',
  'aider',
  'amp',
  'antigravity',
  'auggie',
  'claude',
  'claude-code',
  'cline',
  'codex',
  'copilot',
  'crush',
  'cursor',
  'cursor-agent',
  'devin',
  'droid',
  'gemini',
  'goose',
  'goosed',
  'kimi',
  'kiro',
  'kiro-cli',
  'kiro-cli-chat',
  'opencode',
  'qwen',
  'trae',
  'windsurf',
])

/** As they stand in the path of a script or an app. */
const PACKAGES = [
  '@anthropic-ai/claude',
  '@openai/codex',
  '@github/copilot',
  '@google/gemini-cli',
  '@qwen-code/',
  '@sourcegraph/amp',
  '@charmland/crush',
  '@cline/',
  'opencode-ai',
  'Cursor.app/',
  'Windsurf.app/',
  'Kiro.app/',
  'Antigravity.app/',
  'Claude.app/',
]

const INTERPRETERS = /^(?:node|nodejs|bun|deno|python[\d.]*|uv|uvx|npx|npm exec.*|tsx)$/

/** The agent that the process is; undefined where it is none. */
export function agentIn({ argv, title }: Ancestor): string | undefined {
  const [program = '', ...rest] = argv
  const named = [program, title ?? ''].map(plainName).find(name => AGENTS.has(name))
  if (named !== undefined) return named
  const packaged = PACKAGES.find(each => program.includes(each))
  if (packaged !== undefined) return packaged
  if (!INTERPRETERS.test(plainName(program))) return undefined
  const script = rest.find(word => !word.startsWith('-')) ?? ''
  const ofPackage = PACKAGES.find(each => script.replaceAll('\\', '/').includes(each))
  return ofPackage ?? (AGENTS.has(plainName(script)) ? plainName(script) : undefined)
}

/** `/usr/bin/Codex.exe` → `codex`. */
function plainName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase()
  return name.replace(/\.(?:exe|cmd|js|cjs|mjs|ts|py)$/, '')
}

const VARIABLES: readonly RegExp[] = [
  /^CLAUDECODE$/,
  /^CLAUDE_CODE_(?:ENTRYPOINT|SESSION_ID|SSE_PORT)$/,
  /^CODEX_(?:SANDBOX|THREAD_ID|CI)/,
  /^CURSOR_AGENT$/,
  /^GEMINI_CLI$/,
  /^QWEN_CODE$/,
  /^OPENCODE(?:_CLIENT|_SESSION_ID)?$/,
  /^CLINE_(?:ACTIVE|TASK_ID)$/,
  /^COPILOT_(?:CLI|AGENT_\w+)$/,
  /^GOOSE_TERMINAL$/,
  /^CRUSH$/,
  /^AMP_(?:CURRENT_THREAD_ID|THREAD_ID)$/,
  /^(?:AI_AGENT|AUGMENT_AGENT|ROO_ACTIVE|TRAE_AI_SHELL_ID|ANTIGRAVITY_AGENT)$/,
]

/** The first of the names that only an agent sets. */
export function agentVariable(names: readonly string[]): string | undefined {
  return names.find(name => VARIABLES.some(pattern => pattern.test(name)))
}

/** Programs that make a terminal of their own and type into it. */
const TYPISTS: ReadonlySet<string> = new Set(['autoexpect', 'empty', 'expect', 'faketty', 'ptyget', 'script', 'socat', 'unbuffer'])

/** The program that types for somebody; undefined where the process is none: an interpreter with its code on the command line is one too. */
export function typistIn({ argv }: Ancestor): string | undefined {
  const [program = '', ...rest] = argv
  const name = plainName(program)
  if (TYPISTS.has(name)) return name
  return /^(?:python[\d.]*|perl|ruby|node|tclsh)$/.test(name) && rest.some(word => /^-[a-zA-Z]*[ce]$/.test(word)) ? name : undefined
}
