/** The command line's commands. Each is loaded when it is called: `--help` and `check` need not read the installer. */
import { Command, CommanderError } from 'commander'
import { EXIT } from './exit-codes.js'
import type { Asker } from './guard/person.js'
import { addHomeOption, askedBy, type CommandModule, examples } from './invocation.js'
import { packageVersion } from './package-files.js'

interface Listed {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<CommandModule>
}

const GROUPS: readonly { readonly heading: string; readonly commands: readonly Listed[] }[] = [
  {
    heading: 'Set up:',
    commands: [
      {
        name: 'init',
        summary: 'put the default policies into ~/.agsec/policies and compile them',
        load: () => import('./commands/init.js'),
      },
      { name: 'install', summary: "put agsec's hook into an agent's settings", load: () => import('./commands/install.js') },
      { name: 'uninstall', summary: 'take the hook out again', load: () => import('./commands/uninstall.js') },
      {
        name: 'export',
        summary: "an agent's own deny rules, as a floor below the hook",
        load: () => import('./commands/export.js'),
      },
      { name: 'status', summary: 'what is in force here, and whether it is up to date', load: () => import('./commands/status.js') },
      { name: 'doctor', summary: 'whether agents really ask the hook, and what it cannot see', load: () => import('./commands/doctor.js') },
      {
        name: 'demo',
        summary: 'the default policies on recorded tool calls, as an agent would run them',
        load: () => import('./commands/demo.js'),
      },
    ],
  },
  {
    heading: 'Write policies:',
    commands: [
      { name: 'compile', summary: 'compile policies to the bundle that hooks run', load: () => import('./commands/compile.js') },
      { name: 'validate', summary: 'say everything that is wrong with policies', load: () => import('./commands/validate.js') },
      { name: 'fmt', summary: 'bring the expressions of policies into one form', load: () => import('./commands/fmt.js') },
      { name: 'test', summary: "run the policies' own tests", load: () => import('./commands/test.js') },
      { name: 'check', summary: 'decide one request, or a stream of them', load: () => import('./commands/check.js') },
      { name: 'explain', summary: 'why a request is decided as it is, test by test', load: () => import('./commands/explain.js') },
      { name: 'shell', summary: 'what a shell command would do, as the policy sees it', load: () => import('./commands/shell.js') },
      { name: 'fuzz', summary: 'search for ways around the policy', load: () => import('./commands/fuzz.js') },
      { name: 'trust', summary: "let a project's own policy allow, and speak to agents", load: () => import('./commands/trust.js') },
      { name: 'policy', summary: 'list, add and remove statements', load: () => import('./commands/policy.js') },
      { name: 'migrate', summary: 'rewrite the legacy `rules:` format to statements', load: () => import('./commands/migrate.js') },
      { name: 'explain-code', summary: 'what a diagnostic code means', load: () => import('./commands/explain-code.js') },
    ],
  },
  {
    heading: 'Operate:',
    commands: [
      { name: 'enforce', summary: 'deny and ask as the policy says', load: () => import('./commands/enforce.js') },
      {
        name: 'observe',
        summary: 'let everything through and record what would have happened',
        load: () => import('./commands/observe.js'),
      },
      { name: 'halt', summary: 'block every tool call', load: () => import('./commands/halt.js') },
      { name: 'approve', summary: 'let a call run that the policy puts to you', load: () => import('./commands/approve.js') },
      { name: 'resume', summary: 'go back to the mode before the halt', load: () => import('./commands/resume.js') },
      { name: 'audit', summary: 'what agents did, and what was decided', load: () => import('./commands/audit.js') },
      {
        name: 'hook',
        summary: 'run the hook by hand: an agent’s input on stdin, its answer on stdout',
        load: () => import('./commands/hook.js'),
      },
    ],
  },
]

/**
 * Runs the command line and returns nothing: the exit status is `process.exitCode`.
 * @param asker who asks, where the system is not to tell
 */
export async function runProgram(argv: readonly string[], asker?: Asker): Promise<void> {
  const program = buildProgram()
  if (asker !== undefined) askedBy(program, asker)
  try {
    await program.parseAsync(helpAsOption(argv), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = HELP_CODES.has(error.code) ? EXIT.fine : EXIT.trouble
  }
}

const HELP_CODES: ReadonlySet<string> = new Set(['commander.helpDisplayed', 'commander.version'])

/** `agsec help check` is `agsec check --help`. */
function helpAsOption(argv: readonly string[]): readonly string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv
}

function buildProgram(): Command {
  const program = new Command('agsec').exitOverride().enablePositionalOptions().helpCommand(false)
  program.description('Decides what AI coding agents may do: compiles YAML policies to one bundle that answers before every tool call.')
  program.version(packageVersion(), '-V, --version', 'print the version')
  program.helpOption('-h, --help', 'show help')
  addHomeOption(program)
  examples(program, [
    'agsec init && agsec install claude-code',
    "agsec check --command 'git push --force'",
    'agsec explain --command "cat .env"',
    'agsec status',
  ])
  program.configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'agsec: ')) })
  const loaders = addCommands(program)
  program.hook('preSubcommand', async (_program, command) => {
    const module = await loaders.get(command.name())?.()
    module?.define(command)
    for (const each of [command, ...command.commands]) addHomeOption(each)
  })
  return program
}

/** Called by hooks, not by people: see `runtime/host/hook.ts`. */
const HIDDEN: readonly Omit<Listed, 'summary'>[] = [
  { name: 'hook-changed', load: () => import('./commands/hook-changed.js') },
  { name: 'compile-project', load: () => import('./commands/compile-project.js') },
]

/** Names and summaries only; the hook above fills in the rest of the one that is called. */
function addCommands(program: Command): ReadonlyMap<string, Listed['load']> {
  const loaders = new Map<string, Listed['load']>(HIDDEN.map(({ name, load }) => [name, load]))
  for (const { name } of HIDDEN) program.command(name, { hidden: true }).helpCommand(false)
  for (const { heading, commands } of GROUPS) {
    program.commandsGroup(heading)
    for (const { name, summary, load } of commands) {
      program.command(name).description(summary).helpCommand(false)
      loaders.set(name, load)
    }
  }
  return loaders
}
