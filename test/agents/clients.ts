/** The clients that are driven: their versions, how each is pointed at the scripted model, and what its tools are called. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codexHooks } from '../../cli/doctor/codex-hooks.js'
import type { ToolStep } from './model-apis.js'

/** What a run of a client is about: folders of its own. */
export interface Place {
  readonly home: string
  readonly project: string
}

export type Scope = 'user' | 'managed'

export interface Client {
  readonly platform: string
  readonly product: string
  readonly package: string
  readonly version: string
  readonly bin: string
  readonly scopes: readonly Scope[]
  /** Writes what points the client at the model. */
  readonly prepare?: (place: Place, url: string) => void
  readonly env: (place: Place, url: string) => Readonly<Record<string, string>>
  readonly args: (prompt: string) => readonly string[]
  readonly tools: Tools
  /** How it is used at a terminal, where that can be tried. */
  readonly interactive?: Interactive
  /** What a person does after the hook has been installed for the user. @param start the words that start the client */
  readonly trust?: (place: Place, start: readonly [string, ...string[]]) => Promise<void>
  /** Whether a call that is denied ends the turn. */
  readonly denyEnds?: boolean
  /** Variables that the project sets for the client. */
  readonly projectEnv?: (place: Place, env: Readonly<Record<string, string>>) => void
  /** Settings of the project that are to switch hooks off. */
  readonly projectOff?: (place: Place) => RunOptions
  /** A hook of the project that makes a call that is denied of one that is not: `REWRITTEN_FILE` of `ORIGINAL_FILE`. */
  readonly projectRewrite?: (place: Place) => RunOptions
  /** What a user can say to be without hooks. */
  readonly userOff?: (place: Place) => RunOptions
}

/** A client at a terminal, in the mode in which it asks nothing by itself. */
export interface Interactive {
  /** Writes what a person would have answered when it was started for the first time. */
  readonly prepare?: (place: Place) => void
  readonly args: (prompt: string) => readonly string[]
  /** Its own question whether a file may be written, without blanks. */
  readonly question: string
  readonly yes: string
  readonly no: string
}

/** What differs from one run to another. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly extraArgs?: readonly string[]
  /** Where the client is started, instead of in the project. */
  readonly cwd?: string
  readonly limitMs?: number
}

export const ORIGINAL_FILE = 'fine.new'
export const ASKED_FILE = 'asked.new'
export const REWRITTEN_FILE = 'denied.new'

/** A hook that prints what it is given, and thereby has the call changed. */
function printing(place: Place, output: unknown): string {
  const script = join(place.project, 'rewrite.sh')
  writeText(script, `#!/bin/sh\ncat >/dev/null\nprintf '%s' '${JSON.stringify(output)}'\n`)
  chmodSync(script, 0o755)
  return script
}

export function dotenv(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

const rewritten = (place: Place) => join(place.project, REWRITTEN_FILE)

/** The model's calls of the client's tools. Absent where the client has no such tool. */
export interface Tools {
  readonly shell: (command: string) => ToolStep
  readonly read?: (path: string) => ToolStep
  readonly write: (path: string, content: string) => ToolStep
  readonly edit: (path: string, before: string, after: string) => ToolStep
  /** The tool `mark` of the server `demo`. */
  readonly mcp: (file: string) => ToolStep
  readonly spawn: (prompt: string) => ToolStep
  /** What the model does until a sub-agent is done, where the call of it does not wait. */
  readonly wait?: ToolStep
}

export function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

export function writeJson(path: string, value: unknown): void {
  writeText(path, JSON.stringify(value, null, 2))
}

const claudeCode: Client = {
  platform: 'claude-code',
  product: 'Claude Code',
  package: '@anthropic-ai/claude-code',
  version: '2.1.330',
  bin: 'claude',
  scopes: ['user', 'managed'],
  prepare: ({ home }) =>
    writeJson(join(home, '.claude.json'), { mcpServers: { demo: { type: 'stdio', command: process.execPath, args: [MCP_SERVER] } } }),
  env: (_place, url) => ({
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'none',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    IS_SANDBOX: '1', // runs as root with `--dangerously-skip-permissions`
  }),
  args: prompt => ['-p', prompt, '--output-format', 'stream-json', '--verbose', '--dangerously-skip-permissions'],
  interactive: {
    prepare: ({ home, project }) => {
      const path = join(home, '.claude.json')
      writeJson(path, {
        ...(JSON.parse(readFileSync(path, 'utf8')) as object), // written by `prepare`, and by the client
        hasCompletedOnboarding: true,
        theme: 'dark',
        bypassPermissionsModeAccepted: true,
        customApiKeyResponses: { approved: ['none'], rejected: [] },
        projects: { [project]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true } },
      })
    },
    args: prompt => [prompt, '--dangerously-skip-permissions'],
    question: 'Doyouwanttocreateasked.new?',
    yes: '1',
    no: '2',
  },
  tools: {
    shell: command => ({ name: 'Bash', input: { command, description: 'a step' } }),
    read: file_path => ({ name: 'Read', input: { file_path } }),
    write: (file_path, content) => ({ name: 'Write', input: { file_path, content } }),
    edit: (file_path, old_string, new_string) => ({ name: 'Edit', input: { file_path, old_string, new_string } }),
    mcp: file => ({ name: 'mcp__demo__mark', input: { file } }),
    spawn: prompt => ({ name: 'Agent', input: { description: 'a part', prompt, subagent_type: 'general-purpose' } }),
  },
  projectEnv: ({ project }, env) => writeJson(join(project, '.claude/settings.json'), { env }),
  projectOff: ({ project }) => {
    writeJson(join(project, '.claude/settings.json'), { disableAllHooks: true })
    return {}
  },
  projectRewrite: place => {
    const updatedInput = { file_path: rewritten(place), content: 'x' }
    const command = printing(place, { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'allow', updatedInput } })
    writeJson(join(place.project, '.claude/settings.json'), {
      hooks: { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command }] }] },
    })
    return {}
  },
  userOff: () => ({ extraArgs: ['--settings', '{"disableAllHooks":true}'] }),
}

const patch = (...lines: readonly string[]) => ['*** Begin Patch', ...lines, '*** End Patch', ''].join('\n')

/** Writes what Codex itself writes when a person trusts a hook in `/hooks`. */
async function trustCodexHooks({ home, project }: Place, start: readonly [string, ...string[]]): Promise<void> {
  const hooks = await codexHooks(start, project, { PATH: process.env['PATH'], HOME: home })
  const lines = (hooks ?? []).map(({ key, currentHash }) => `[hooks.state."${key}"]\ntrusted_hash = "${currentHash}"\n`)
  if (lines.length === 0) throw new Error('Codex knows no hooks')
  const config = join(home, '.codex/config.toml')
  const before = readFileSync(config, 'utf8').split('[hooks.state.')[0] ?? ''
  writeFileSync(config, before + lines.join(''))
}

const codex: Client = {
  platform: 'codex',
  product: 'Codex CLI',
  package: '@openai/codex',
  version: '0.169.0',
  bin: 'codex',
  scopes: ['user', 'managed'],
  prepare: ({ home, project }, url) =>
    writeText(
      join(home, '.codex/config.toml'),
      [
        'model = "gpt-5.5"',
        'model_provider = "scripted"',
        '[model_providers.scripted]',
        'name = "scripted"',
        `base_url = "${url}/v1"`,
        'wire_api = "responses"',
        'env_key = "MODEL_KEY"',
        `[projects."${project}"]`,
        'trust_level = "trusted"',
        '[mcp_servers.demo]',
        `command = "${process.execPath}"`,
        `args = ["${MCP_SERVER}"]`,
        '',
      ].join('\n'),
    ),
  env: () => ({ MODEL_KEY: 'none' }),
  args: prompt => ['exec', '--json', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', prompt],
  tools: {
    shell: cmd => ({ name: 'exec_command', input: { cmd } }),
    write: (path, content) => ({ name: 'apply_patch', input: patch(`*** Add File: ${path}`, `+${content}`) }),
    edit: (path, before, after) => ({ name: 'apply_patch', input: patch(`*** Update File: ${path}`, '@@', `-${before}`, `+${after}`) }),
    mcp: file => ({ name: 'mark', namespace: 'mcp__demo', input: { file } }),
    spawn: message => ({ name: 'spawn_agent', namespace: 'multi_agent_v1', input: { message } }),
    wait: { name: 'exec_command', input: { cmd: 'sleep 3' } },
  },
  trust: trustCodexHooks,
  projectOff: ({ project }) => {
    writeText(join(project, '.codex/config.toml'), '[features]\nhooks = false\n')
    return {}
  },
  projectRewrite: place => {
    const updatedInput = { command: patch(`*** Add File: ${rewritten(place)}`, '+x') }
    const command = printing(place, { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'allow', updatedInput } })
    writeJson(join(place.project, '.codex/hooks.json'), {
      hooks: { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command }] }] },
    })
    return {}
  },
  userOff: () => ({ extraArgs: ['--disable', 'hooks'] }),
}

/** With `-p` settings of a folder that is not trusted are not read. */
const TRUSTED_BY_COPILOT: RunOptions = { env: { COPILOT_ALLOW_ALL: 'true' } }

const copilot: Client = {
  platform: 'copilot-cli',
  product: 'GitHub Copilot CLI',
  package: '@github/copilot',
  version: '1.0.102',
  bin: 'copilot',
  scopes: ['user', 'managed'],
  prepare: ({ home }) =>
    writeJson(join(home, '.copilot/mcp-config.json'), {
      mcpServers: { demo: { type: 'local', command: process.execPath, args: [MCP_SERVER], tools: ['*'] } },
    }),
  env: (_place, url) => ({
    COPILOT_OFFLINE: 'true',
    COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
    COPILOT_MODEL: 'gpt-4.1',
    COPILOT_AUTO_UPDATE: 'false',
  }),
  args: prompt => ['-p', prompt, '--allow-all-tools', '--allow-all-paths'],
  tools: {
    shell: command => ({ name: 'bash', input: { command, description: 'a step' } }),
    read: path => ({ name: 'view', input: { path } }),
    write: (path, file_text) => ({ name: 'create', input: { path, file_text } }),
    edit: (path, old_str, new_str) => ({ name: 'edit', input: { path, old_str, new_str } }),
    mcp: file => ({ name: 'demo-mark', input: { file } }),
    spawn: prompt => ({
      name: 'task',
      input: { agent_type: 'general-purpose', description: 'a part', prompt, name: 'part', mode: 'sync' },
    }),
  },
  projectOff: ({ project }) => {
    writeJson(join(project, '.github/copilot/settings.json'), { disableAllHooks: true })
    return TRUSTED_BY_COPILOT
  },
  projectRewrite: place => {
    const command = printing(place, { permissionDecision: 'allow', modifiedArgs: { path: rewritten(place), file_text: 'x' } })
    writeJson(join(place.project, '.github/hooks/rewrite.json'), {
      version: 1,
      hooks: { preToolUse: [{ type: 'command', bash: command }] },
    })
    return TRUSTED_BY_COPILOT
  },
  userOff: ({ home }) => {
    writeJson(join(home, '.copilot/settings.json'), { disableAllHooks: true })
    return {}
  },
}

const geminiCli: Client = {
  platform: 'gemini-cli',
  product: 'Gemini CLI',
  package: '@google/gemini-cli',
  version: '0.61.0',
  bin: 'gemini',
  scopes: ['user', 'managed'],
  prepare: ({ home }) =>
    writeJson(join(home, '.gemini/settings.json'), {
      security: { auth: { selectedType: 'gemini-api-key' } },
      privacy: { usageStatisticsEnabled: false },
      general: { disableAutoUpdate: true, disableUpdateNag: true },
      mcpServers: { demo: { command: process.execPath, args: [MCP_SERVER], trust: true } },
    }),
  env: (_place, url) => ({ GEMINI_API_KEY: 'none', GOOGLE_GEMINI_BASE_URL: url, GEMINI_CLI_TRUST_WORKSPACE: 'true' }),
  args: prompt => ['-m', 'gemini-2.5-flash', '--yolo', '-p', prompt],
  tools: {
    shell: command => ({ name: 'run_shell_command', input: { command, description: 'a step' } }),
    read: file_path => ({ name: 'read_file', input: { file_path } }),
    write: (file_path, content) => ({ name: 'write_file', input: { file_path, content } }),
    edit: (file_path, old_string, new_string) => ({ name: 'replace', input: { file_path, instruction: 'a step', old_string, new_string } }),
    mcp: file => ({ name: 'mcp_demo_mark', input: { file } }),
    spawn: prompt => ({ name: 'invoke_agent', input: { agent_name: 'generalist', prompt } }),
  },
  projectEnv: ({ project }, env) => writeText(join(project, '.gemini/.env'), dotenv(env)),
  projectOff: ({ project }) => {
    writeJson(join(project, '.gemini/settings.json'), { hooksConfig: { enabled: false, disabled: ['agsec'] } })
    return {}
  },
  projectRewrite: place => {
    const command = printing(place, {
      decision: 'allow',
      hookSpecificOutput: { tool_input: { file_path: rewritten(place), content: 'x' } },
    })
    writeJson(join(place.project, '.gemini/settings.json'), {
      hooks: { BeforeTool: [{ matcher: '*', hooks: [{ type: 'command', name: 'rewrite', command }] }] },
    })
    return {}
  },
  userOff: ({ home }) => {
    const settings = join(home, 'other.json')
    writeJson(settings, { hooksConfig: { enabled: false } })
    return { env: { GEMINI_CLI_SYSTEM_SETTINGS_PATH: settings } }
  },
}

const qwenCode: Client = {
  platform: 'qwen-code',
  product: 'Qwen Code',
  package: '@qwen-code/qwen-code',
  version: '0.24.4',
  bin: 'qwen',
  scopes: ['user', 'managed'],
  prepare: ({ home }) =>
    writeJson(join(home, '.qwen/settings.json'), {
      security: { auth: { selectedType: 'openai' } },
      privacy: { usageStatisticsEnabled: false },
      general: { disableAutoUpdate: true, disableUpdateNag: true },
      mcpServers: { demo: { command: process.execPath, args: [MCP_SERVER], trust: true } },
    }),
  env: (_place, url) => ({ OPENAI_API_KEY: 'none', OPENAI_BASE_URL: `${url}/v1`, OPENAI_MODEL: 'scripted' }),
  args: prompt => ['--auth-type', 'openai', '--yolo', '-p', prompt],
  interactive: {
    args: prompt => ['--auth-type', 'openai', '--yolo', '-i', prompt],
    question: 'Applythischange?',
    yes: '1',
    no: '\u001b',
  },
  tools: {
    shell: command => ({ name: 'run_shell_command', input: { command, description: 'a step', is_background: false } }),
    read: file_path => ({ name: 'read_file', input: { file_path } }),
    write: (file_path, content) => ({ name: 'write_file', input: { file_path, content } }),
    edit: (file_path, old_string, new_string) => ({ name: 'edit', input: { file_path, old_string, new_string } }),
    mcp: file => ({ name: 'mcp__demo__mark', input: { file } }),
    spawn: prompt => ({ name: 'agent', input: { description: 'a part', prompt, subagent_type: 'general-purpose' } }),
  },
  projectEnv: ({ project }, env) => writeText(join(project, '.qwen/.env'), dotenv(env)),
  projectOff: ({ project }) => {
    writeJson(join(project, '.qwen/settings.json'), { disableAllHooks: true, hooksConfig: { enabled: false, disabled: ['agsec'] } })
    return {}
  },
  projectRewrite: place => {
    const updatedInput = { file_path: rewritten(place), content: 'x' }
    const command = printing(place, { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'allow', updatedInput } })
    writeJson(join(place.project, '.qwen/settings.json'), {
      hooks: { PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command }] }] },
    })
    return {}
  },
  userOff: () => ({ extraArgs: ['--safe-mode'] }),
}

const openCode: Client = {
  platform: 'opencode',
  product: 'OpenCode',
  package: 'opencode-ai',
  version: '1.18.33',
  bin: 'opencode',
  scopes: ['user', 'managed'],
  prepare: ({ home }, url) =>
    writeJson(join(home, '.config/opencode/opencode.json'), {
      autoupdate: false,
      model: 'scripted/scripted',
      provider: {
        scripted: {
          npm: '@ai-sdk/openai-compatible',
          options: { baseURL: `${url}/v1`, apiKey: 'none' },
          models: { scripted: { name: 'scripted', tool_call: true, limit: { context: 100_000, output: 10_000 } } },
        },
      },
      mcp: { demo: { type: 'local', command: [process.execPath, MCP_SERVER] } },
    }),
  env: ({ home }) => ({
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_STATE_HOME: join(home, '.local/state'),
    XDG_CACHE_HOME: join(home, '.cache'),
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
  }),
  args: prompt => ['run', '--auto', prompt],
  tools: {
    shell: command => ({ name: 'bash', input: { command, description: 'a step' } }),
    read: filePath => ({ name: 'read', input: { filePath } }),
    write: (filePath, content) => ({ name: 'write', input: { filePath, content } }),
    edit: (filePath, oldString, newString) => ({ name: 'edit', input: { filePath, oldString, newString } }),
    mcp: file => ({ name: 'demo_mark', input: { file } }),
    spawn: prompt => ({ name: 'task', input: { description: 'a part', prompt, subagent_type: 'general' } }),
  },
  projectOff: ({ project }) => {
    writeJson(join(project, 'opencode.json'), { plugin: [] })
    return {}
  },
  projectRewrite: place => {
    const change = `if (output.args.filePath) output.args.filePath = ${JSON.stringify(rewritten(place))}`
    writeText(
      join(place.project, '.opencode/plugins/rewrite.js'),
      `export const Rewrite = async () => ({ 'tool.execute.before': async (input, output) => { ${change} } })\n`,
    )
    return {}
  },
  userOff: () => ({ env: { OPENCODE_PURE: '1' } }),
}

const cline: Client = {
  platform: 'cline',
  product: 'Cline CLI',
  package: 'cline',
  version: '3.0.65',
  bin: 'cline',
  scopes: ['user'],
  prepare: ({ home }, url) => {
    const settings = { provider: 'openai-compatible', apiKey: 'none', model: 'scripted', baseUrl: `${url}/v1` }
    writeJson(join(home, '.cline/data/settings/providers.json'), {
      version: 1,
      lastUsedProvider: 'openai-compatible',
      providers: { 'openai-compatible': { settings, updatedAt: '2026-01-01T00:00:00.000Z', tokenSource: 'manual' } },
    })
    writeJson(join(home, '.cline/data/settings/cline_mcp_settings.json'), {
      mcpServers: { demo: { command: process.execPath, args: [MCP_SERVER] } },
    })
  },
  // A hub of its own: it would else be shared with other runs, whose home it has.
  env: (_place, url) => ({ CLINE_HUB_PORT: String(20_000 + (Number(new URL(url).port) % 10_000)) }),
  args: prompt => ['--json', '-P', 'openai-compatible', '-m', 'scripted', '-k', 'none', prompt],
  tools: {
    shell: command => ({ name: 'run_commands', input: { commands: [command] } }),
    read: path => ({ name: 'read_files', input: { files: [{ path }] } }),
    write: (path, new_text) => ({ name: 'editor', input: { path, new_text } }),
    edit: (path, old_text, new_text) => ({ name: 'editor', input: { path, old_text, new_text } }),
    mcp: file => ({ name: 'demo__mark', input: { file } }),
    spawn: task => ({ name: 'spawn_agent', input: { systemPrompt: 'Do it.', task } }),
  },
  denyEnds: true,
  projectRewrite: place => {
    const command = printing(place, { overrideInput: { path: rewritten(place), new_text: 'x' } })
    writeText(join(place.project, '.clinerules/hooks/PreToolUse'), `#!/bin/sh\nexec ${command}\n`)
    chmodSync(join(place.project, '.clinerules/hooks/PreToolUse'), 0o755)
    return {}
  },
}

/** A server over stdio with one tool, `mark`, that makes a file. */
export const MCP_SERVER = join(import.meta.dirname, 'mcp-server.mjs')

export const CLIENTS: readonly Client[] = [claudeCode, codex, copilot, geminiCli, qwenCode, openCode, cline]
