/** Where agsec keeps what is the user's: policies, the bundle that hooks run, the mode and the audit log. */
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { managedPolicies } from './layers/managed-folder.js'
import { UsageError } from './usage-error.js'

export interface Home {
  readonly folder: string
  readonly policies: string
  /** A folder for each agent that has policies of its own. */
  readonly agents: string
  /** What was compiled of projects' policies. */
  readonly projects: string
  /** Which projects' policies the user trusts. */
  readonly trust: string
  /** The administrator's policies: not the user's, and the same whatever home is named. */
  readonly managed: ManagedFolder
  readonly bundle: string
  /** The same policy for hooks on QuickJS; there only where it was asked for. */
  readonly quickjsBundle: string
  /** What `install` noted of the engine that hooks run on. */
  readonly engine: string
  readonly mode: string
  readonly previousMode: string
  readonly audit: string
  /** What hooks asked for, and what a person approved. */
  readonly approvals: string
}

export interface ManagedFolder {
  readonly policies: string
  /** The user whose files alone count: root's. */
  readonly owner: number
}

export function homeAt(folder: string, managed: ManagedFolder = { policies: managedPolicies(process.platform), owner: 0 }): Home {
  const root = resolve(folder)
  return {
    folder: root,
    policies: join(root, 'policies'),
    agents: join(root, 'agents'),
    projects: join(root, 'projects'),
    trust: join(root, 'trust.json'),
    managed,
    // Not `.js`: a package.json further up, which may be the user's own, could make that an ES module.
    bundle: join(root, 'policy.bundle.cjs'),
    quickjsBundle: join(root, 'policy.bundle.qjs.js'),
    engine: join(root, 'engine.json'),
    mode: join(root, 'mode'),
    previousMode: join(root, 'mode.previous'),
    audit: join(root, 'audit'),
    approvals: join(root, 'approvals'),
  }
}

/** `~/.agsec` of whoever runs the command line. The hook does not look here: its paths are fixed when it is installed. */
export function defaultHomeFolder(): string {
  return join(userHome(), '.agsec')
}

/**
 * The home directory as every program of this user sees it: the agents' settings are looked for there too.
 * @throws UsageError where `HOME` is set to what is no folder for all of them: agsec's home would lie wherever one is
 */
export function userHome(): string {
  const home = homedir()
  if (!isAbsolute(home)) throw new UsageError(`\`HOME\` is \`${home}\`, which is no home folder`, 'set it to an absolute path, or unset it')
  return home
}
