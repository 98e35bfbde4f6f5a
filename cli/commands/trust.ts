import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { compileLayers } from '../../compiler/layers/compile-layers.js'
import { projectLayer } from '../../compiler/layers/layer.js'
import type { Policy, Statement } from '../../compiler/ast.js'
import { hasErrors, report } from '../compile-paths.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { userHome } from '../home.js'
import { examples, type Invocation, runs } from '../invocation.js'
import { forgetProject } from '../layers/project-state.js'
import { readProject } from '../layers/read-project.js'
import { revoke, trust, trustedProjects } from '../layers/trusted-projects.js'
import { columns, oneLine } from '../render/columns.js'
import { counted } from '../render/counted.js'
import { decisionWord } from '../render/result-text.js'
import { sourceLine } from '../../compiler/source.js'
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

/** Its real path: a project is the same by whatever name it is called. */
function projectAt(dir: string): string {
  let root: string
  try {
    root = realpathSync(resolve(dir))
  } catch {
    throw new UsageError(`there is no folder \`${dir}\``)
  }
  if (root === '/' || `${userHome()}/`.startsWith(`${root}/`)) throw new UsageError(`\`${root}\` is no project: it holds your home`)
  return root
}

function list(call: Invocation<TrustFlags>): ExitCode {
  const projects = trustedProjects(call.home)
  if (call.options.json === true) call.out(`${JSON.stringify(projects)}\n`)
  else if (projects.length === 0) call.out('no project is trusted\n')
  else call.out(columns(projects.map(({ root, digest, since }) => [root, `sha256:${digest.slice(0, 12)}`, since])))
  return EXIT.fine
}

function end(call: Invocation<TrustFlags>, root: string): ExitCode {
  if (!revoke(call.home, root)) throw new UsageError(`\`${root}\` is not trusted`, 'run `agsec trust --list`')
  forgetProject(call.home, root)
  call.out(`${root} is trusted no longer: its policy can only deny and review\n`)
  return EXIT.fine
}

function begin(call: Invocation<TrustFlags>, root: string): ExitCode {
  const read = readProject(root)
  if (read.kind === 'none') throw new UsageError(`\`${root}\` has no policy`, 'a project has its policy in `.agsec/policies`')
  if (read.kind === 'unreadable') {
    report(call, read.diagnostics)
    throw new UsageError(`the policy of \`${root}\` is not known: ${read.why}`)
  }
  const { layers, diagnostics } = compileLayers([{ traits: projectLayer(true), sources: read.sources }], { selfProtection: false })
  report(call, [...read.diagnostics, ...diagnostics])
  const [layer] = layers
  if (layer === undefined || hasErrors(diagnostics)) return EXIT.findings
  trust(call.home, { root, digest: layer.sourceDigest, since: new Date().toISOString() })
  forgetProject(call.home, root)
  call.out(trustText(call, root, layer.policy))
  return EXIT.fine
}

/** What it may do from now on that it could not do before. */
function trustText({ colour }: Invocation<TrustFlags>, root: string, { statements, default: written }: Policy): string {
  const allows = statements.filter(({ effect }) => effect === 'allow')
  const row = ({ sid, actions, span }: Statement) => [
    `  ${decisionWord('allow', colour)}`,
    sid,
    oneLine(actions.map(({ glob }) => glob).join(' '), 60),
    colour.dim(sourceLine(span)),
  ]
  const fallback = written === 'allow' ? [[`  ${decisionWord('allow', colour)}`, 'by default', '', '']] : []
  const head = `${root} is trusted, ${counted(statements.length, 'statement')} as they are now\n`
  return `${head}it allows, where nobody else says anything:\n${columns([...allows.map(row), ...fallback])}`.replace(
    /it allows.*\n$/,
    'it allows nothing\n',
  )
}
