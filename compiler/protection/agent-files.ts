/**
 * Where every agent platform keeps what decides whether agsec's hook runs: one table for the installer, for the protection of these
 * files from agents, and for whoever looks after both.
 *
 *   path       `~/…` lies in the user's home, `/…` and `C:\…` where it says, anything else in the project; `*` stands for any name.
 *              One text for all systems, or one for each that has such a file.
 *   evidence   `run`: the platform itself was seen to read it; `source`: read in its source; `docs`: its documentation says so;
 *              `capture`: published by somebody who watched it; `assumed`: by likeness to a platform it descends from
 */

export type AgentSystem = 'linux' | 'darwin' | 'win32'
export type AgentScope = 'user' | 'project' | 'managed'
export type Evidence = 'run' | 'source' | 'docs' | 'capture' | 'assumed'

export type FileRole =
  /** Agsec's hook is put here. */
  | 'entry'
  /** Read beside the entry, or in its place, where it is there: agsec's hook is put here too then. */
  | 'also'
  /** Read in the place of the entry where that is not there: agsec's hook is put here instead if this file holds hooks. */
  | 'instead'
  /** The platform takes hooks from here as well. */
  | 'hooks'
  /** Can switch hooks off, or decides whether they are trusted. */
  | 'switch'
  /** The platform's own permission rules. */
  | 'rules'

export interface AgentFile {
  readonly scope: AgentScope
  readonly role: FileRole
  readonly path: string | Readonly<Partial<Record<AgentSystem, string>>>
  readonly evidence: Evidence
}

export interface AgentFiles {
  readonly name: string
  /** What people call it. */
  readonly title: string
  /** An environment variable that moves a folder of the user's. */
  readonly moved?: { readonly variable: string; readonly folder: string }
  readonly files: readonly AgentFile[]
}

/** A path in the machine's own configuration. */
function managed(role: FileRole, evidence: Evidence, linux: string, darwin: string | undefined, win32: string | undefined): AgentFile {
  const path = { linux, ...(darwin === undefined ? {} : { darwin }), ...(win32 === undefined ? {} : { win32 }) }
  return { scope: 'managed', role, path, evidence }
}

/** The same file for the user and for a project. */
function both(role: FileRole, evidence: Evidence, path: string): readonly AgentFile[] {
  return [user(role, evidence, `~/${path}`), project(role, evidence, path)]
}

function user(role: FileRole, evidence: Evidence, path: AgentFile['path']): AgentFile {
  return { scope: 'user', role, path, evidence }
}

function project(role: FileRole, evidence: Evidence, path: string): AgentFile {
  return { scope: 'project', role, path, evidence }
}

const CODE_SETTINGS = {
  linux: '~/.config/Code/User/settings.json',
  darwin: '~/Library/Application Support/Code/User/settings.json',
  win32: '~/AppData/Roaming/Code/User/settings.json',
}

export const AGENT_FILES: readonly AgentFiles[] = [
  {
    name: 'claude-code',
    title: 'Claude Code',
    moved: { variable: 'CLAUDE_CONFIG_DIR', folder: '~/.claude' },
    files: [
      ...both('entry', 'run', '.claude/settings.json'),
      project('hooks', 'docs', '.claude/settings.local.json'),
      managed(
        'entry',
        'run',
        '/etc/claude-code/managed-settings.d/50-agsec.json',
        '/Library/Application Support/ClaudeCode/managed-settings.d/50-agsec.json',
        'C:\\Program Files\\ClaudeCode\\managed-settings.d\\50-agsec.json',
      ),
      managed(
        'switch',
        'run',
        '/etc/claude-code/managed-settings.json',
        '/Library/Application Support/ClaudeCode/managed-settings.json',
        'C:\\Program Files\\ClaudeCode\\managed-settings.json',
      ),
      managed(
        'switch',
        'run',
        '/etc/claude-code/managed-settings.d/*.json',
        '/Library/Application Support/ClaudeCode/managed-settings.d/*.json',
        'C:\\Program Files\\ClaudeCode\\managed-settings.d\\*.json',
      ),
    ],
  },
  {
    name: 'codex',
    title: 'Codex',
    moved: { variable: 'CODEX_HOME', folder: '~/.codex' },
    files: [
      user('entry', 'run', '~/.codex/hooks.json'),
      project('entry', 'source', '.codex/hooks.json'),
      ...both('switch', 'run', '.codex/config.toml'),
      user('rules', 'source', '~/.codex/rules/*.rules'),
      managed('entry', 'run', '/etc/codex/requirements.toml', undefined, 'C:\\ProgramData\\OpenAI\\Codex\\requirements.toml'),
      managed('hooks', 'run', '/etc/codex/hooks.json', undefined, undefined),
      managed('switch', 'run', '/etc/codex/config.toml', undefined, undefined),
      managed('switch', 'run', '/etc/codex/managed_config.toml', undefined, undefined),
      managed('rules', 'run', '/etc/codex/rules/*.rules', undefined, undefined),
    ],
  },
  {
    name: 'copilot-cli',
    title: 'Copilot CLI',
    moved: { variable: 'COPILOT_HOME', folder: '~/.copilot' },
    files: [
      user('entry', 'run', '~/.copilot/hooks/agsec.json'),
      user('hooks', 'docs', '~/.copilot/hooks/*.json'),
      user('switch', 'docs', '~/.copilot/settings.json'),
      user('switch', 'docs', '~/.copilot/config.json'),
      project('entry', 'run', '.github/hooks/agsec.json'),
      project('hooks', 'run', '.github/hooks/*.json'),
      project('switch', 'run', '.github/copilot/settings.json'),
      project('switch', 'run', '.github/copilot/settings.local.json'),
      project('hooks', 'run', '.claude/settings.json'),
      project('hooks', 'run', '.claude/settings.local.json'),
      managed(
        'entry',
        'run',
        '/etc/github-copilot/policy.d/50-agsec.json',
        '/etc/github-copilot/policy.d/50-agsec.json',
        'C:\\ProgramData\\GitHub\\Copilot\\policy.d\\50-agsec.json',
      ),
      managed(
        'hooks',
        'run',
        '/etc/github-copilot/policy.d/*.json',
        '/etc/github-copilot/policy.d/*.json',
        'C:\\ProgramData\\GitHub\\Copilot\\policy.d\\*.json',
      ),
    ],
  },
  {
    name: 'copilot-vscode',
    title: 'Copilot in VS Code',
    files: [
      user('entry', 'docs', '~/.copilot/hooks/agsec-vscode.json'),
      user('hooks', 'docs', '~/.copilot/hooks/*.json'),
      user('hooks', 'docs', '~/.claude/settings.json'),
      user('switch', 'docs', CODE_SETTINGS),
      project('entry', 'docs', '.github/hooks/agsec-vscode.json'),
      project('hooks', 'docs', '.github/hooks/*.json'),
      project('hooks', 'docs', '.claude/settings.json'),
      project('hooks', 'docs', '.claude/settings.local.json'),
      project('switch', 'docs', '.vscode/settings.json'),
    ],
  },
  {
    name: 'cursor',
    title: 'Cursor',
    files: [
      ...both('entry', 'capture', '.cursor/hooks.json'),
      user('rules', 'docs', '~/.cursor/cli-config.json'),
      project('rules', 'docs', '.cursor/cli.json'),
      project('hooks', 'capture', '.claude/settings.json'),
      project('hooks', 'capture', '.claude/settings.local.json'),
      managed(
        'entry',
        'docs',
        '/etc/cursor/hooks.json',
        '/Library/Application Support/Cursor/hooks.json',
        'C:\\ProgramData\\Cursor\\hooks.json',
      ),
    ],
  },
  {
    name: 'windsurf',
    title: 'Windsurf',
    files: [
      user('entry', 'docs', '~/.codeium/windsurf/hooks.json'),
      user('also', 'docs', '~/.codeium/hooks.json'),
      project('entry', 'docs', '.windsurf/hooks.json'),
      project('also', 'docs', '.devin/hooks.json'),
      project('hooks', 'docs', '.devin/hooks.v1.json'),
      managed(
        'entry',
        'docs',
        '/etc/windsurf/hooks.json',
        '/Library/Application Support/Windsurf/hooks.json',
        'C:\\ProgramData\\Windsurf\\hooks.json',
      ),
      managed(
        'also',
        'docs',
        '/etc/devin/hooks.json',
        '/Library/Application Support/Devin/hooks.json',
        'C:\\ProgramData\\Devin\\hooks.json',
      ),
    ],
  },
  {
    name: 'cline',
    title: 'Cline',
    files: [
      user('entry', 'run', {
        linux: '~/Documents/Cline/Hooks/PreToolUse',
        darwin: '~/Documents/Cline/Hooks/PreToolUse',
        win32: '~/Documents/Cline/Hooks/PreToolUse.ps1',
      }),
      user('hooks', 'source', '~/Documents/Cline/Hooks/*'),
      user('hooks', 'source', '~/.cline/hooks/*'),
      project('entry', 'run', '.clinerules/hooks/PreToolUse'),
      project('hooks', 'source', '.clinerules/hooks/*'),
      project('hooks', 'source', '.cline/hooks/*'),
    ],
  },
  {
    name: 'gemini-cli',
    title: 'Gemini CLI',
    files: [
      user('entry', 'run', '~/.gemini/settings.json'),
      project('entry', 'run', '.gemini/settings.json'),
      user('switch', 'docs', '~/.gemini/trustedFolders.json'),
      user('hooks', 'docs', '~/.gemini/extensions/*/hooks/hooks.json'),
      managed(
        'entry',
        'run',
        '/etc/gemini-cli/settings.json',
        '/Library/Application Support/GeminiCli/settings.json',
        'C:\\ProgramData\\gemini-cli\\settings.json',
      ),
      managed(
        'switch',
        'docs',
        '/etc/gemini-cli/system-defaults.json',
        '/Library/Application Support/GeminiCli/system-defaults.json',
        'C:\\ProgramData\\gemini-cli\\system-defaults.json',
      ),
    ],
  },
  {
    name: 'qwen-code',
    title: 'Qwen Code',
    files: [
      user('entry', 'run', '~/.qwen/settings.json'),
      project('entry', 'docs', '.qwen/settings.json'),
      user('switch', 'assumed', '~/.qwen/trustedFolders.json'),
      managed(
        'entry',
        'run',
        '/etc/qwen-code/settings.json',
        '/Library/Application Support/QwenCode/settings.json',
        'C:\\ProgramData\\qwen-code\\settings.json',
      ),
      managed(
        'switch',
        'docs',
        '/etc/qwen-code/system-defaults.json',
        '/Library/Application Support/QwenCode/system-defaults.json',
        'C:\\ProgramData\\qwen-code\\system-defaults.json',
      ),
    ],
  },
  {
    name: 'opencode',
    title: 'OpenCode',
    files: [
      user('entry', 'run', '~/.config/opencode/plugins/agsec.js'),
      user('hooks', 'run', '~/.config/opencode/plugins/*'),
      user('rules', 'run', '~/.config/opencode/opencode.json'),
      user('rules', 'docs', '~/.config/opencode/opencode.jsonc'),
      project('entry', 'docs', '.opencode/plugins/agsec.js'),
      project('hooks', 'run', '.opencode/plugins/*'),
      project('rules', 'run', 'opencode.json'),
      project('rules', 'docs', 'opencode.jsonc'),
      project('rules', 'docs', '.opencode/opencode.json'),
      project('rules', 'docs', '.opencode/opencode.jsonc'),
      managed(
        'entry',
        'run',
        '/etc/opencode/opencode.json',
        '/Library/Application Support/opencode/opencode.json',
        'C:\\ProgramData\\opencode\\opencode.json',
      ),
      managed(
        'hooks',
        'run',
        '/etc/opencode/agsec.js',
        '/Library/Application Support/opencode/agsec.js',
        'C:\\ProgramData\\opencode\\agsec.js',
      ),
    ],
  },
  {
    name: 'crush',
    title: 'Crush',
    files: [
      user('entry', 'source', {
        linux: '~/.config/crush/crush.json',
        darwin: '~/.config/crush/crush.json',
        win32: '~/AppData/Local/crush/crush.json',
      }),
      user('switch', 'source', '~/.local/share/crush/crush.json'),
      project('entry', 'source', 'crush.json'),
      project('also', 'source', '.crush.json'),
      project('switch', 'source', '.crush/crush.json'),
    ],
  },
  {
    name: 'goose',
    title: 'Goose',
    files: [
      ...both('entry', 'source', '.agents/plugins/agsec/hooks/hooks.json'),
      ...both('hooks', 'source', '.agents/plugins/*/hooks/hooks.json'),
      user('switch', 'source', '~/.config/goose/config.yaml'),
      ...both('switch', 'source', '.config/goose/settings.json'),
      project('switch', 'source', '.config/goose/settings.local.json'),
    ],
  },
  {
    name: 'droid',
    title: 'Droid',
    files: [
      ...both('entry', 'docs', '.factory/hooks.json'),
      ...both('instead', 'docs', '.factory/settings.json'),
      ...both('hooks', 'docs', '.factory/hooks/hooks.json'),
      project('switch', 'docs', '.factory/settings.local.json'),
      managed(
        'entry',
        'docs',
        '/etc/factory/settings.json',
        '/Library/Application Support/Factory/settings.json',
        'C:\\Program Files\\Factory\\settings.json',
      ),
    ],
  },
  {
    name: 'kiro',
    title: 'Kiro',
    files: [
      ...both('entry', 'docs', '.kiro/hooks/agsec.json'),
      ...both('hooks', 'docs', '.kiro/hooks/*'),
      ...both('switch', 'docs', '.kiro/agents/*.json'),
    ],
  },
  {
    name: 'antigravity',
    title: 'Antigravity',
    files: [user('entry', 'capture', '~/.gemini/config/hooks.json'), project('entry', 'capture', '.agents/hooks.json')],
  },
  {
    name: 'amp',
    title: 'Amp',
    files: [
      user('entry', 'docs', '~/.config/amp/plugins/agsec.js'),
      user('hooks', 'docs', '~/.config/amp/plugins/*'),
      user('rules', 'docs', '~/.config/amp/settings.json'),
      user('rules', 'docs', '~/.config/amp/settings.jsonc'),
      project('entry', 'docs', '.amp/plugins/agsec.js'),
      project('hooks', 'docs', '.amp/plugins/*'),
      project('rules', 'docs', '.amp/settings.json'),
      project('rules', 'docs', '.amp/settings.jsonc'),
      managed(
        'rules',
        'docs',
        '/etc/ampcode/managed-settings.json',
        '/Library/Application Support/ampcode/managed-settings.json',
        'C:\\ProgramData\\ampcode\\managed-settings.json',
      ),
    ],
  },
]
