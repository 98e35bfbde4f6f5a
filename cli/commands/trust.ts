import type { Command } from 'commander'
import type { Policy, Statement } from '../../compiler/ast.js'
import { sourceLine } from '../../compiler/source.js'
import { report } from '../compile-paths.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { beginTrust, endTrust, projectAt, readTrustable } from '../layers/trust-project.js'
import { trustedProjects } from '../layers/trusted-projects.js'
import { columns, oneLine } from '../render/columns.js'
import { counted } from '../render/counted.js'
import { decisionWord } from '../render/result-text.js'
import { UsageError } from '../usage-error.js'

interface TrustFlags {
  readonly list?: boolean
  readonly revoke?: boolean
  readonly json?: boolean
}

export function define(command: Command): void {
  examples(command, ['agsec trust', 'agsec trust ~/src/app', 'agsec trust --list', 'agsec trust --revoke ~/src/app'])
  command
    .argument('[dir]', 'the project (default: the folder here)')
    .option('--revoke', 'trust it no longer')
    .option('--list', 'the projects that are trusted')
    .option('--json', 'the list as JSON')
  command.addHelpText(
    'after',
    `
A project's policy (.agsec/policies) can deny and review without being trusted. Trusted, what it allows counts where
neither the administrator nor you say anything, and agents are shown its reasons. Trust is in what the files hold now:
whoever changes them ends it.`,
  )
  runs<TrustFlags>(command, trustCommand)
}

function trustCommand(call: Invocation<TrustFlags>): ExitCode {
  if (call.options.list === true) return list(call)
  if (call.options.json === true) throw new UsageError('`--json` goes with `--list`')
  const root = projectAt(call.operands[0] ?? '.')
  return call.options.revoke === true ? end(call, root) : begin(call, root)
}

function list(call: Invocation<TrustFlags>): ExitCode {
  const projects = trustedProjects(call.home)
  if (call.options.json === true) call.out(`${JSON.stringify(projects)}\n`)
  else if (projects.length === 0) call.out('no project is trusted\n')
  else call.out(columns(projects.map(({ root, digest, since }) => [root, `sha256:${digest.slice(0, 12)}`, since])))
  return EXIT.fine
}

function end(call: Invocation<TrustFlags>, root: string): ExitCode {
  if (!endTrust(call.home, root)) throw new UsageError(`\`${root}\` is not trusted`, 'run `agsec trust --list`')
  call.out(`${root} is trusted no longer: its policy can only deny and review\n`)
  return EXIT.fine
}

function begin(call: Invocation<TrustFlags>, root: string): ExitCode {
  const trustable = readTrustable(root)
  report(call, trustable.diagnostics)
  const { policy } = trustable
  if (policy === undefined) return EXIT.findings
  call.err(allowsText(call, policy))
  call.confirm({ what: `trust the policy of ${root}`, word: 'trust' })
  beginTrust(call.home, trustable)
  call.out(`${root} is trusted, ${counted(policy.statements.length, 'statement')} as they are now\n`)
  return EXIT.fine
}

/** What it may do that it could not do before: told before the question. */
function allowsText({ errColour: colour }: Invocation<TrustFlags>, { statements, default: written }: Policy): string {
  const allow = `  ${decisionWord('allow', colour)}`
  const rows = statements
    .filter(({ effect }) => effect === 'allow')
    .map(one => [allow, one.sid, actionsText(one), colour.dim(sourceLine(one.span))])
  const all = written === 'allow' ? [...rows, [allow, 'by default', '', '']] : rows
  return all.length === 0 ? 'it allows nothing\n' : `it allows, where nobody else says anything:\n${columns(all)}`
}

function actionsText({ actions }: Statement): string {
  return oneLine(actions.map(({ glob }) => glob).join(' '), 60)
}
