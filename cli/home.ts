/** Where agsec keeps what is the user's: policies, the bundle that hooks run, the mode and the audit log. */
import { homedir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

export interface Home {
  readonly folder: string
  readonly policies: string
  readonly bundle: string
  readonly mode: string
  readonly previousMode: string
  readonly audit: string
}

export function homeAt(folder: string): Home {
  const root = resolve(folder)
  return {
    folder: root,
    policies: join(root, 'policies'),
    bundle: join(root, 'policy.bundle.js'),
    mode: join(root, 'mode'),
    previousMode: join(root, 'mode.previous'),
    audit: join(root, 'audit'),
  }
}

/** `~/.agsec`, wherever `$HOME` points: an environment variable must not choose the policy. */
export function defaultHomeFolder(): string {
  return join(userHome(), '.agsec')
}

/** The home directory by the system's own account data; the environment only where an account has none (some containers). */
export function userHome(): string {
  try {
    return userInfo().homedir
  } catch {
    return homedir()
  }
}
