/**
 * The command that a platform's shell runs for every tool call, on systems that have `/bin/sh`:
 *
 *   /usr/bin/env -i /bin/sh -c ': agsec-hook; cd / && o=$(timeout … ENGINE BUNDLE hook PLATFORM …); c=$?; case $c in …'
 *
 * Everything it names it names by its absolute path, and nothing of the agent's environment reaches the script: not even a function that
 * shadows `cd`. It leaves the agent's folder, since engines read settings there. What the hook prints is held back until its status
 * is known, so that half an answer is never followed by another one. The hook has statuses of its own, 10 (allow), 11 (ask) and 2 (deny),
 * which become those of the platform; every other status is a failure and blocks, 0 included: an empty bundle ends with it. A hook that
 * outlasts the deadline is killed, which is one more failure: the platforms' own time-outs mostly let the call through. Flags that the
 * engine can do without are left out where it does not know them.
 */
import { failure } from '../../runtime/agents/answer.js'
import type { Adapter } from '../../runtime/agents/contract.js'
import { DEADLINE_S } from './deadline.js'

export interface HookPaths {
  /** The engine that runs the bundle, by its absolute path, and what stands between it and the bundle. */
  readonly engine: readonly [program: string, ...flags: readonly string[]]
  /** What makes it sooner done; another version of the engine that does not know them runs without. */
  readonly quickFlags?: readonly string[]
  readonly bundle: string
  readonly agsecHome: string
  /** Undefined for a hook of all users: it takes the home of whoever runs the agent. */
  readonly home: string | undefined
  readonly user: string | undefined
  /** Node and the script of the command line, for calls after a policy has changed. */
  readonly cli: readonly [node: string, script: string]
  /** The program that ends a hook which takes too long, with its arguments; absent where the system has none. */
  readonly deadline?: readonly string[]
}

/** What tells our entry from any other, whatever paths it names. */
export const MARKER = ': agsec-hook;'

/** What the command says on stderr where the hook came to no answer, before the hook's status. */
export const FAILED = 'agsec: the hook failed with status'

/** What stands in front of the engine so that no hook outlasts the deadline. */
export const DEADLINE_PROGRAMS: readonly (readonly [program: string, ...args: readonly string[]])[] = [
  ['/usr/bin/timeout', '-s', 'KILL', String(DEADLINE_S)],
  ['/usr/bin/perl', '-e', 'alarm shift; exec @ARGV or exit 127', String(DEADLINE_S)],
]

export function hookCommand(paths: HookPaths, adapter: Adapter): string {
  const home = paths.home === undefined ? ' HOME="$HOME"' : ''
  return `/usr/bin/env -i${home} /bin/sh -c ${quoted(hookScript(paths, adapter))}`
}

/** The script for `/bin/sh`, whose environment has to be empty but for `HOME` in a hook of all users. */
export function hookScript(paths: HookPaths, adapter: Adapter): string {
  const { allow, ask, deny } = adapter.exits
  const said = failure(adapter, 'the hook came to no answer; `agsec doctor` tells why')
  // What cannot be said is a failure too: an ask that nobody hears would read as an allow.
  const say = 'printf %s "$o" &&'
  // So would an ask or a deny that is no JSON, where the platform reads that: one that says nothing, or something else before.
  const sayJson = (status: number) => `case $o in "{"*"}") ${say} exit ${status};; esac`
  const asked = adapter.reply('review', '').stdout === '' ? `${say} exit ${ask}` : sayJson(ask)
  // A deny without a word would let the call through on some platforms: there is always one, on the stream that the platform reads.
  const blocked = said.stdout === '' ? `echo 'agsec blocked this call.' >&2; exit ${deny}` : sayJson(deny)
  const cases = [`10) ${say} exit ${allow}`, `11) ${asked}`, `2) ${blocked}`].join(';; ')
  const why = said.stderr === '' ? '' : `echo ${quoted(said.stderr.trim())}; `
  const failed = `printf %s ${quoted(said.stdout)}; { ${why}echo "${FAILED} $c; the call is blocked"; } >&2; exit 2`
  return `${MARKER} trap '' PIPE; cd / && ${answer(paths, adapter)}; case $c in ${cases};; esac; ${failed}`
}

/** With this status Node ends at a flag that it does not know, before it reads anything. */
const BAD_FLAG = 9

/** Puts what the hook says into `o` and its status into `c`. */
function answer(paths: HookPaths, adapter: Adapter): string {
  const { engine, quickFlags = [], bundle, deadline = [] } = paths
  const start = [...deadline, ...engine].map(quoted)
  const rest = [...[bundle, 'hook', adapter.name].map(quoted), ...factsOf(paths)]
  if (quickFlags.length === 0) return `o=$(${[...start, ...rest].join(' ')}); c=$?`
  const call = `h() { o=$(${[...start, '"$@"', ...rest].join(' ')}); c=$?; }`
  return `{ ${call}; h ${quickFlags.map(quoted).join(' ')}; [ $c != ${BAD_FLAG} ] || h; }`
}

/** The facts that are fixed when the hook is installed, quoted. */
function factsOf({ agsecHome, home, user, cli }: HookPaths): readonly string[] {
  return [
    '--agsec-home',
    quoted(agsecHome),
    '--home',
    home === undefined ? '"$HOME"' : quoted(home),
    ...(home === undefined ? ['--log', '"$HOME/.agsec/audit"'] : []),
    // Where the platform started the command: the folder that was left for the root.
    '--cwd',
    '"$OLDPWD"',
    ...(user === undefined ? [] : ['--user', quoted(user)]),
    '--cli',
    ...cli.map(quoted),
  ]
}

/** The text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.split("'").join("'\\''")}'`
}

export function isOurs(text: unknown): boolean {
  return typeof text === 'string' && text.includes(MARKER)
}
