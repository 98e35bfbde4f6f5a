/** Where agsec keeps what is the user's: policies, the bundle that hooks run, the mode and the audit log. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export interface Home {
  readonly folder: string
  readonly policies: string
  readonly bundle: string
  /** The same policy for hooks on QuickJS; there only where it was asked for. */
  readonly quickjsBundle: string
  /** What `install` noted of the engine that hooks run on. */
  readonly engine: string
  readonly mode: string
  readonly previousMode: string
  readonly audit: string
}

export function homeAt(folder: string): Home {
  const root = resolve(folder)
  return {
    folder: root,
    policies: join(root, 'policies'),
    // Not `.js`: a package.json further up, which may be the user's own, could make that an ES module.
    bundle: join(root, 'policy.bundle.cjs'),
    quickjsBundle: join(root, 'policy.bundle.qjs.js'),
    engine: join(root, 'engine.json'),
    mode: join(root, 'mode'),
    previousMode: join(root, 'mode.previous'),
    audit: join(root, 'audit'),
  }
}

/** `~/.agsec` of whoever runs the command line. The hook does not look here: its paths are fixed when it is installed. */
export function defaultHomeFolder(): string {
  return join(userHome(), '.agsec')
}

/** The home directory as every program of this user sees it: the agents' settings are looked for there too. */
export function userHome(): string {
  return homedir()
}
