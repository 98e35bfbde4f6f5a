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

export const EXPLAINED: readonly Entry[] = [
  {
    platforms: ['claude-code'],
    scopes: ['user', 'managed'],
    cells: ['environment: LD_PRELOAD'],
    why:
      "A project's `.claude/settings.json` may set variables for the client, which its hooks inherit. The wrapper clears them for the hook, but `LD_PRELOAD` " +
      'acts on the shell of the wrapper before its first line.',
    todo: 'Read the settings of a project before you trust it. In a container, let no file of the project be loadable: mount it `noexec`.',
  },
  {
    platforms: ['claude-code'],
    scopes: ['user'],
    cells: ['project settings switch hooks off', 'a flag or variable of the user switches hooks off'],
    why: "`disableAllHooks` in a project's settings, or in `--settings`, holds for the hooks of the user.",
    todo: 'Install in the administrator’s settings (`agsec install claude-code --scope managed`): nothing switches those off.',
  },
  {
    platforms: ['claude-code'],
    scopes: ['user'],
    cells: ['a hook of the project rewrites the call'],
    why: 'All hooks see the original call, and one of them may replace its input. What runs then is not what agsec was asked about.',
    todo: 'Set `allowManagedHooksOnly` in the administrator’s settings, as a managed installation does; else read the hooks of a project before you trust it.',
  },
  {
    platforms: ['claude-code'],
    scopes: ['user'],
    cells: ['settings file malformed'],
    why: 'In `-p` a settings file of the user that is no JSON is passed over, and with it the hook.',
    todo: 'Install in the administrator’s settings: the client refuses to start when those are malformed. `agsec doctor` finds a malformed file.',
  },
]

export function explanationOf(platform: string, scope: Scope, cell: string): Explanation | undefined {
  return EXPLAINED.find(entry => entry.platforms.includes(platform) && entry.scopes.includes(scope) && entry.cells.includes(cell))
}
