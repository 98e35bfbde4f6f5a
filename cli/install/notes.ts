/** What a person has to know of a platform after the hook is in its files: what is still to be done, and what the hook cannot do there. */
import type { AgentScope } from '../../compiler/protection/agent-files.js'
import type { PlatformName } from '../../runtime/agents/contract.js'

interface Note {
  readonly scopes?: readonly AgentScope[]
  readonly text: string
}

interface Notes {
  /** Without these the hook does not run. */
  readonly todo: readonly Note[]
  readonly weak: readonly Note[]
}

const OWN: readonly AgentScope[] = ['user', 'project']
const PROJECT: readonly AgentScope[] = ['project']
const MANAGED: readonly AgentScope[] = ['managed']

const DELAY = 'a hook that outlasts the platform lets the call through there; the installed command ends it and blocks before that'

const NOTES: Readonly<Record<PlatformName, Notes>> = {
  'claude-code': {
    todo: [
      { text: 'start new sessions; version 2.1.295 or later, which blocks where a hook fails' },
      { scopes: PROJECT, text: 'trust the project when Claude Code asks: before that its hooks do not run' },
    ],
    weak: [
      { scopes: OWN, text: '`disableAllHooks` in any settings file, and `--bare`, switch this hook off; a managed one stays on' },
      {
        scopes: OWN,
        text: 'a hook of a project can replace the input of a call after agsec has let it through; a managed installation allows none',
      },
      {
        scopes: MANAGED,
        text: 'hooks of users and projects no longer run (`allowManagedHooksOnly`): one of them could replace the input of a call after agsec has let it through',
      },
      {
        scopes: MANAGED,
        text: 'settings managed by a server or by MDM take the place of these files: put the hook there too if you use them',
      },
      { text: 'files named with `@` in a prompt are read without a hook: `agsec export claude-code` makes deny rules for them' },
    ],
  },
  codex: {
    todo: [
      {
        scopes: OWN,
        text: 'open Codex and trust the hook in `/hooks`: until then it is skipped without a word, and after every change again',
      },
      { scopes: PROJECT, text: 'trust the project: hooks of others are not read' },
    ],
    weak: [
      { scopes: OWN, text: '`--disable hooks` and `-c features.hooks=false` switch this hook off; a managed one stays on' },
      {
        text: 'what is typed into a running program (`write_stdin`) and hosted web search pass no hook: `agsec export codex` makes rules for commands',
      },
    ],
  },
  'copilot-cli': {
    todo: [{ scopes: PROJECT, text: 'trust the folder: with `-p` hooks of folders that are not trusted are not loaded' }],
    weak: [
      { scopes: OWN, text: '`disableAllHooks` switches this hook off; a managed one stays on' },
      {
        scopes: MANAGED,
        text: 'a policy file that others can write, or that does not parse, is ignored without a word: `agsec doctor` looks at both',
      },
      { text: DELAY },
      { text: 'what is typed into a running shell (`write_bash`) is judged as text, not as a command' },
    ],
  },
  'copilot-vscode': {
    todo: [{ text: 'VS Code has to have hooks switched on (`chat.hooks.enabled`, a preview)' }],
    weak: [{ text: 'there is no place that only an administrator can write, and settings can switch hooks off' }, { text: DELAY }],
  },
  cursor: {
    todo: [
      { text: 'restart Cursor: a change of this file is not seen by a running one' },
      { scopes: PROJECT, text: 'trust the workspace' },
    ],
    weak: [{ text: 'a review of anything but a shell command or an MCP tool is a deny, since nothing else asks' }],
  },
  windsurf: {
    todo: [],
    weak: [
      { text: 'web search, fetching and listing folders pass no hook' },
      { text: 'how long Windsurf waits is not documented; the installed command ends a hook after 10 seconds' },
    ],
  },
  cline: {
    todo: [{ text: 'hooks have to be switched on in the settings of the extension; the command line runs them as it is' }],
    weak: [
      { text: 'a deny ends the whole task: Cline knows no other' },
      { text: 'there is no place that only an administrator can write, and the extension has a switch for hooks' },
    ],
  },
  'gemini-cli': {
    todo: [{ scopes: PROJECT, text: 'trust the folder: settings of others are not read' }],
    weak: [
      { scopes: OWN, text: '`hooksConfig.enabled` in the settings of a project switches this hook off; a managed one stays on' },
      { scopes: MANAGED, text: 'GEMINI_CLI_SYSTEM_SETTINGS_PATH puts another file in the place of this one' },
      { text: DELAY },
    ],
  },
  'qwen-code': {
    todo: [{ scopes: PROJECT, text: 'trust the folder' }],
    weak: [
      { text: '`--safe-mode` and `--bare` skip hooks' },
      { scopes: OWN, text: '`disableAllHooks` in the settings of a project switches this hook off; a managed one stays on' },
      { text: DELAY },
    ],
  },
  opencode: {
    todo: [{ text: 'restart OpenCode: plugins are loaded at its start' }],
    weak: [
      { text: '`--pure` and OPENCODE_PURE skip every plugin: `agsec export opencode` makes permissions that hold even then' },
      { text: 'a plugin that does not load is skipped without a word: `agsec doctor` looks whether it can be read' },
    ],
  },
  crush: {
    todo: [],
    weak: [
      { text: 'calls of sub-agents pass no hook, only the call that starts one does' },
      { text: 'there is no place that only an administrator can write' },
      { text: DELAY },
    ],
  },
  goose: {
    todo: [],
    weak: [{ text: 'settings of a project can disable plugins, and a plugin of the same name in a project comes before the user’s' }],
  },
  droid: { todo: [], weak: [{ text: DELAY }] },
  kiro: {
    todo: [{ text: 'the IDE 1.0 and the CLI 3 read this file; hooks of the CLI 2 stand in the agent’s own configuration' }],
    weak: [{ text: 'what Kiro does with a hook that fails is not documented; the installed command blocks with status 2' }],
  },
  antigravity: {
    todo: [],
    weak: [{ text: 'some versions were seen to read hooks from installed plugins only: try a call that is denied' }],
  },
  amp: {
    todo: [{ text: 'reload plugins or restart Amp' }],
    weak: [{ text: 'there is no place for plugins that only an administrator can write' }],
  },
}

/** What is still to be done. */
export function todoFor(platform: PlatformName, scope: AgentScope): readonly string[] {
  return of(NOTES[platform].todo, scope)
}

/** True of every platform. */
const COMMON: readonly Note[] = [
  {
    scopes: PROJECT,
    text: 'the command names files of this machine: where they are not, as in a clone elsewhere, every call is blocked',
  },
]

/** What the hook cannot do on this platform, in this scope. */
export function weaknessesOf(platform: PlatformName, scope: AgentScope): readonly string[] {
  return of([...COMMON, ...NOTES[platform].weak], scope)
}

function of(notes: readonly Note[], scope: AgentScope): readonly string[] {
  return notes.filter(({ scopes }) => scopes === undefined || scopes.includes(scope)).map(({ text }) => text)
}
