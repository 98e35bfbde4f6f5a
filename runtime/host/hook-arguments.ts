/** The arguments that the installer fixed for the hook. */

export interface HookArguments {
  /** The folder of policies, mode and audit log. */
  readonly agsecHome: string
  readonly home: string
  readonly user?: string
  /** Where the platform started the hook, for those whose input does not tell where the agent works. */
  readonly cwd?: string
  /** The folder of the audit log, where it is not that in agsec's: a hook of all users writes to each one's own. */
  readonly log?: string
  /** The engine and script of the command line, for calls after a policy has changed. */
  readonly cli?: readonly [engine: string, script: string]
}

/** What follows `hook PLATFORM`, or what is wrong with them. */
export function hookArguments(args: readonly string[]): HookArguments | string {
  const agsecHome = valueOf(args, '--agsec-home')
  const home = valueOf(args, '--home')
  if (agsecHome === undefined || home === undefined) return 'expected `--agsec-home` and `--home`'
  // A hook of all users is told that of whoever runs the agent: without it nobody knows what `~` is.
  if (!/^(?:[\\/]|[A-Za-z]:)/.test(home)) return 'the home folder of the user is not known: the agent was started without `HOME`'
  const user = valueOf(args, '--user')
  const cwd = valueOf(args, '--cwd')
  const log = valueOf(args, '--log')
  const cli = args.indexOf('--cli')
  const engine = args[cli + 1]
  const script = args[cli + 2]
  if (cli !== -1 && (engine === undefined || script === undefined)) return 'expected `--cli ENGINE SCRIPT`'
  return {
    agsecHome,
    home,
    ...(user === undefined ? {} : { user }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(log === undefined ? {} : { log }),
    ...(cli === -1 || engine === undefined || script === undefined ? {} : { cli: [engine, script] }),
  }
}

function valueOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name)
  return at === -1 ? undefined : args[at + 1]
}
