/**
 * The shell command that a platform runs for every tool call. It leaves the agent's folder, clears the environment, names every
 * file by its absolute path, and maps the hook's own statuses: 10 (allow) and 11 (ask) to 0, everything else to a block. Status 0 is not among
 * the hook's own: an empty bundle ends with it.
 */

export interface HookPaths {
  /** The engine that runs the bundle, by its absolute path, and what stands between it and the bundle. */
  readonly engine: readonly [program: string, ...flags: readonly string[]]
  readonly bundle: string
  readonly agsecHome: string
  readonly home: string
  readonly user: string
  /** Node and the script of the command line, for calls after a policy has changed. */
  readonly cli: readonly [node: string, script: string]
}

/** What tells our entry from any other, whatever paths it names. */
export const MARKER = ': agsec-hook;'

export function hookCommand({ engine, bundle, agsecHome, home, user, cli }: HookPaths): string {
  const facts = ['--agsec-home', agsecHome, '--home', home, '--user', user, '--cli', ...cli]
  const hook = ['/usr/bin/env', '-i', ...engine, bundle, 'hook', 'claude-code', ...facts]
  // `/bin/echo` by its path: a function that the environment brings could shadow the built-in one.
  const failed = '/bin/echo "agsec: the hook failed with status $c; the call is blocked" >&2; exit 2'
  // From the root, since engines read settings in the working directory, which is the agent's.
  const script = `${MARKER} cd / && ${hook.map(quoted).join(' ')}; c=$?; case $c in 10|11) exit 0;; 2) exit 2;; *) ${failed};; esac`
  // By name, since some platforms use the user's login shell, which may be no POSIX shell.
  return `/bin/sh -c ${quoted(script)}`
}

/** The text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.split("'").join("'\\''")}'`
}

export function isOurs(command: unknown): boolean {
  return typeof command === 'string' && command.includes(MARKER)
}
