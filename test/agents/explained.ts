/** What the clients do in spite of the hook: why, and what to do about it. Every cell that is not as it should be is here, and no other. */
import type { Scope } from './clients.js'

export interface Explanation {
  readonly why: string
  readonly todo: string
}

interface Entry extends Explanation {
  readonly platforms: readonly string[]
  readonly scopes: readonly Scope[]
  readonly cells: readonly string[]
}

const BOTH: readonly Scope[] = ['user', 'managed']
const USER: readonly Scope[] = ['user']
const MANAGED: readonly Scope[] = ['managed']

const PRELOAD = ['environment: LD_PRELOAD']
const PATH = ['environment: PATH']
const TOLD = 'deny: the model is told why'
const PROJECT_OFF = ['project settings switch hooks off']
const USER_OFF = ['a flag or variable of the user switches hooks off']
const REWRITE = ['a hook of the project rewrites the call']
const MALFORMED = ['settings file malformed']
const WRITABLE = ['settings file writable by everyone']

export const EXPLAINED: readonly Entry[] = [
  {
    platforms: ['claude-code'],
    scopes: USER,
    cells: PRELOAD,
    why:
      'The settings of a project (`env` in `.claude/settings.json`) give the client variables, which its hooks inherit. The installed command clears them, but `LD_PRELOAD` acts on the ' +
      'shell that reads the command, before its first word.',
    todo: 'Install in the administrator’s settings. Else read the settings of a project before you trust it, and let nothing of a project be loaded as a library: mount it `noexec`.',
  },
  {
    platforms: ['gemini-cli'],
    scopes: BOTH,
    cells: PRELOAD,
    why:
      'A file of the project (`.gemini/.env`) gives the client variables, which its hooks inherit. The installed command clears them, but `LD_PRELOAD` acts on the shell that ' +
      'reads the command, before its first word.',
    todo: 'Do not trust folders in which you have not looked for such a file. Let nothing of a project be loaded as a library: mount it `noexec`.',
  },
  {
    platforms: ['codex', 'copilot-cli'],
    scopes: BOTH,
    cells: PRELOAD,
    why: 'Here no file of a project sets it; whoever starts the client with `LD_PRELOAD` pointing to a library of the agent’s gives it the shell that reads the command.',
    todo: 'Start agents without it; `agsec doctor` says where it is set.',
  },
  {
    platforms: ['claude-code', 'codex'],
    scopes: USER,
    cells: [...PROJECT_OFF, ...USER_OFF],
    why: 'A setting of the project or a flag (`disableAllHooks`; `features.hooks = false`, `--disable hooks`) holds for the hooks of the user.',
    todo: 'Install in the administrator’s settings (`--scope managed`), which pin hooks: neither switches those off.',
  },
  {
    platforms: ['claude-code'],
    scopes: USER,
    cells: REWRITE,
    why: 'All hooks see the original call, and one of them may replace its input. What runs then is not what agsec was asked about.',
    todo: 'Install in the administrator’s settings: with `allowManagedHooksOnly` there no other hook runs. Else read the hooks of a project before you trust it: they are programs that no hook is asked about.',
  },
  {
    platforms: ['claude-code', 'codex', 'copilot-cli'],
    scopes: USER,
    cells: MALFORMED,
    why: 'A file of the user that is no JSON is passed over, and the hook in it with it.',
    todo: '`agsec doctor` finds such a file. Agsec keeps agents from writing it.',
  },
  {
    platforms: ['copilot-cli'],
    scopes: MANAGED,
    cells: [...MALFORMED, ...WRITABLE],
    why: 'A policy file that is no JSON, or that others than root can write, is passed over without a word.',
    todo: 'Keep `/etc/github-copilot/policy.d` root’s (mode 644); `agsec doctor` looks at both.',
  },
  {
    platforms: ['copilot-cli'],
    scopes: USER,
    cells: PROJECT_OFF,
    why: '`disableAllHooks` in the settings of a folder that is trusted holds for the hooks of the user.',
    todo: 'Install in the administrator’s settings.',
  },
  {
    platforms: ['copilot-cli'],
    scopes: BOTH,
    cells: REWRITE,
    why: 'A hook of a folder that is trusted may replace the arguments of a call (`modifiedArgs`) after agsec has been asked about the original ones.',
    todo: 'Do not trust folders whose `.github/hooks` you have not read; agsec keeps agents from writing there.',
  },
  {
    platforms: ['gemini-cli'],
    scopes: USER,
    cells: PROJECT_OFF,
    why: 'The settings of a project that is trusted come after the user’s: `hooksConfig.enabled: false` there switches all hooks off. The administrator’s come last, and hold them on.',
    todo: 'Install in the administrator’s settings. Do not trust folders whose `.gemini` you have not read; agsec keeps agents from writing there.',
  },
  {
    platforms: ['gemini-cli'],
    scopes: BOTH,
    cells: REWRITE,
    why: 'A hook in the settings of a project that is trusted may replace the input of a call.',
    todo: 'Do not trust folders whose `.gemini` you have not read; agsec keeps agents from writing there.',
  },
  {
    platforms: ['gemini-cli'],
    scopes: MANAGED,
    cells: [...USER_OFF, ...WRITABLE],
    why: '`GEMINI_CLI_SYSTEM_SETTINGS_PATH` puts another file in the place of the administrator’s, and one that others than root can write is skipped with a warning.',
    todo: 'Install for the user as well; keep the file root’s. `agsec doctor` looks at both.',
  },
  {
    platforms: ['qwen-code'],
    scopes: USER,
    cells: PROJECT_OFF,
    why: '`disableAllHooks` in the settings of a project skips every hook of the user. The administrator’s settings come last, and hold hooks on.',
    todo: 'Install in the administrator’s settings. Do not trust folders whose `.qwen` you have not read; agsec keeps agents from writing there.',
  },
  {
    platforms: ['qwen-code'],
    scopes: BOTH,
    cells: USER_OFF,
    why: '`--safe-mode` skips every hook, the administrator’s too.',
    todo: 'Start it without `--safe-mode` and `--bare`.',
  },
  {
    platforms: ['opencode'],
    scopes: BOTH,
    cells: USER_OFF,
    why: '`--pure` and `OPENCODE_PURE` skip every plugin, the administrator’s too.',
    todo: 'Put the permissions that `agsec export opencode` makes into the administrator’s `opencode.json`: they hold even then.',
  },
  {
    platforms: ['opencode'],
    scopes: BOTH,
    cells: MALFORMED,
    why: 'A plugin that does not parse is skipped without a word.',
    todo: '`agsec doctor` looks whether it parses. The permissions of `agsec export opencode` hold even then.',
  },
  {
    platforms: ['cline'],
    scopes: USER,
    cells: [TOLD],
    why: 'Cline knows no deny of one call: a deny ends the task, and the person is told why, not the model.',
    todo: 'Begin the task anew, saying what not to do.',
  },
  {
    platforms: ['cline'],
    scopes: USER,
    cells: [...PRELOAD, ...PATH],
    why: 'Cline finds the shell for the script of the hook on the `PATH`, and takes no answer for an allow. No file of a project sets either variable: whoever starts Cline does.',
    todo: 'Start Cline without folders of projects on the `PATH` and without `LD_PRELOAD`; `agsec doctor` says where that is set.',
  },
  {
    platforms: ['cline'],
    scopes: USER,
    cells: REWRITE,
    why: 'A hook of the project (`.clinerules/hooks`) may replace the input of a call (`overrideInput`) after agsec has been asked about the original one.',
    todo: 'Do not open folders whose `.clinerules` you have not read; agsec keeps agents from writing there.',
  },
  {
    platforms: ['cline'],
    scopes: USER,
    cells: MALFORMED,
    why: 'A script that does not run gives no answer, which Cline takes for an allow, as it does every exit status.',
    todo: 'Agsec keeps agents from writing it; `agsec doctor` runs it.',
  },
]

export function explanationOf(platform: string, scope: Scope, cell: string): Explanation | undefined {
  return EXPLAINED.find(entry => entry.platforms.includes(platform) && entry.scopes.includes(scope) && entry.cells.includes(cell))
}
